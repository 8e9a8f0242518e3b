// SPDX-License-Identifier: Apache-2.0
// One person: who, what they owe and why, what was paid, what changed, who looked.
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { Person as PersonData } from '../api/contract';
import { useCall, useSeason } from '../api/hooks';
import { Mark, Page, Read, Sheet } from '../components/page';
import { Tabs } from '../components/tabs';
import { useTongue } from '../i18n';
import { age } from '../lib/day';
import { NONE } from '../lib/money';
import { named, SEXES, STUDENT_LEVELS } from '../lib/names';
import { useWho } from '../session';
import { Changes, Looks, Members, PersonEvidence } from './person-parts/around';
import { Categories, Covers, Enrolments, Payments } from './person-parts/history';
import { RulingView } from './person-parts/ruling';
import { TakePayment } from './person-parts/take-payment';
import { Unmask, type Whole } from './person-parts/unmask';

export default function Person() {
	const { t } = useTongue();
	const client = useQueryClient();
	const id = Number(useParams().id);
	const person = useCall('person_read', { path: { id } }, { enabled: Number.isSafeInteger(id) && id > 0 });
	return (
		<Page title={person.data?.name ?? t('居民', 'Person')} lead={<Link to="/people">{t('返回查询', 'Back to the search')}</Link>} acts={person.data && <Acts person={person.data} onDone={() => void client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'session' })} />}>
			<Read query={person}>{(data) => <Record person={data} />}</Read>
		</Page>
	);
}

function Acts({ person, onDone }: { person: PersonData; onDone: () => void }) {
	const { t } = useTongue();
	const { may } = useWho();
	const [open, setOpen] = useState(false);
	const bill = person.bill;
	if (!may('take_payment') || !bill || bill.state !== 'open' || bill.payable_fen <= 0) return null;
	return (
		<>
			<Button type="primary" onClick={() => setOpen(true)}>
				{t('代收缴费', 'Take payment')}
			</Button>
			<TakePayment open={open} person={person} onClose={() => setOpen(false)} onDone={onDone} />
		</>
	);
}

function Record({ person }: { person: PersonData }) {
	const { t } = useTongue();
	const { may } = useWho();
	const [params, setParams] = useSearchParams();
	const tab = params.get('tab') ?? 'history';
	const items = [
		{ key: 'history', label: t('身份与参保', 'Categories and cover'), children: <History person={person} /> },
		{ key: 'payments', label: t('缴费', 'Payments'), children: <Payments payments={person.payments} /> },
		{ key: 'changes', label: t('变更记录', 'Changes'), children: <Changes changes={person.changes} /> },
		...(may('read_evidence') ? [{ key: 'evidence', label: t('佐证材料', 'Evidence'), children: <PersonEvidence id={person.id} /> }] : []),
		{ key: 'looks', label: t('谁查过', 'Who looked'), children: <Looks id={person.id} /> },
	];
	return (
		<>
			<div className="cols wide-left" style={{ marginBottom: 16 }}>
				<RulingView person={person} />
				<div className="stack">
					<Identity person={person} />
					<Sheet title={t('同户人员', 'Household')} flush>
						<Members members={person.members.filter((m) => m.id !== person.id)} />
					</Sheet>
				</div>
			</div>
			<div className="sheet">
				<Tabs label={t('档案各部分', 'Parts of the record')} active={tab} items={items} onChange={(key) => setParams(key === 'history' ? {} : { tab: key }, { replace: true })} />
			</div>
		</>
	);
}

function History({ person }: { person: PersonData }) {
	return (
		<>
			<Categories categories={person.categories} />
			<Enrolments enrolments={person.enrolments} />
			<Covers person={person} />
		</>
	);
}

function Identity({ person }: { person: PersonData }) {
	const { t, lang } = useTongue();
	const { may } = useWho();
	const today = useSeason().data?.today;
	const [whole, setWhole] = useState<Whole | null>(null);
	return (
		<Sheet title={t('基本信息', 'Particulars')} end={may('unmask') && (whole ? <button type="button" className="linkish" onClick={() => setWhole(null)}>{t('重新遮住', 'Mask again')}</button> : <Unmask id={person.id} onWhole={setWhole} />)}>
			<dl className="facts">
				<dt>{person.document}</dt>
				<dd className="mono">{whole?.number ?? person.number}</dd>
				<dt>{t('性别、民族', 'Sex, nation')}</dt>
				<dd>
					{named(SEXES, person.sex, lang)} {person.nation}
				</dd>
				<dt>{t('出生日期', 'Born')}</dt>
				<dd className="num">
					{person.birth}
					{today && !person.died_on && <span className="soft"> {t(`${age(person.birth, today)}岁`, `aged ${age(person.birth, today)}`)}</span>}
				</dd>
				{person.died_on && (
					<>
						<dt>{t('死亡日期', 'Died')}</dt>
						<dd className="num">{person.died_on}</dd>
					</>
				)}
				<dt>{t('联系电话', 'Phone')}</dt>
				<dd className="mono">{(whole ? whole.phone : person.phone) ?? NONE}</dd>
				<dt>{t('乡镇、村', 'Town, village')}</dt>
				<dd>{[person.town, person.village].filter(Boolean).join(' ') || NONE}</dd>
				<dt>{t('户号', 'Household')}</dt>
				<dd>
					{person.household ?? NONE}
					{person.relation && <span className="soft"> {person.relation}</span>}
				</dd>
				<dt>{t('户籍、常住', 'Registered, living')}</dt>
				<dd>
					<Mark tone={person.registered ? 'good' : 'calm'}>{person.registered ? t('本县户籍', 'registered here') : t('非本县户籍', 'registered elsewhere')}</Mark>{' '}
					<Mark tone={person.resident ? 'good' : 'calm'}>{person.resident ? t('常住', 'living here') : t('不常住', 'living elsewhere')}</Mark>
				</dd>
				{person.student && (
					<>
						<dt>{t('在校', 'Student')}</dt>
						<dd>
							{named(STUDENT_LEVELS, person.student.level, lang)} {person.student.local ? t('（本县学校）', '(school in this county)') : t('（外地学校）', '(school elsewhere)')}
						</dd>
					</>
				)}
			</dl>
		</Sheet>
	);
}
