// SPDX-License-Identifier: Apache-2.0
// 居民查询 find a person by number or name.  What is typed goes in the body of a POST and is never
// part of an address, a history or a storage; the last search lives in memory until the page goes.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { call } from '../api/client';
import type { PersonLine } from '../api/contract';
import { useSeason } from '../api/hooks';
import { Empty, Mark, Page, toneOf, Waiting } from '../components/page';
import { useTowns } from '../components/fields';
import { ProblemView } from '../components/problem-view';
import { Select } from '../components/select';
import { Table, type Column } from '../components/table';
import { useTongue } from '../i18n';
import { age } from '../lib/day';
import { NONE } from '../lib/money';
import { named, PERSON_STATES, SEXES } from '../lib/names';
import { asked, whatIs, type Search } from '../lib/person-search';
import { useMe, useWho } from '../session';

export default function People() {
	const { t } = useTongue();
	const me = useMe();
	const [search, setSearch] = useState<Search | null>(() => asked.of(me.login));
	const [form] = Form.useForm<{ what: string }>();
	const [town, setTown] = useState<string | undefined>(search?.division);
	const input = useRef<HTMLInputElement | null>(null);
	const found = useQuery({
		queryKey: ['people_search', search],
		enabled: search !== null,
		placeholderData: keepPreviousData,
		gcTime: 5 * 60_000,
		queryFn: ({ signal }) => call('people_search', { body: search!, signal }),
	});
	useEffect(() => input.current?.focus(), []);
	const go = ({ what }: { what: string }) => {
		const next: Search = { ...whatIs(what), ...(town ? { division: town } : {}) };
		asked.keep(me.login, next);
		// The same words again mean: ask again, as after a failure.
		if (JSON.stringify(next) === JSON.stringify(search)) void found.refetch();
		setSearch(next);
	};
	return (
		<Page title={t('居民查询', 'Find a person')} lead={t('证件号码须完整；姓名可以只输前两三个字。只显示您管辖范围内的人。', 'A document number must be whole; of a name the first two characters do. Only people of your area are shown.')}>
			<div className="sheet">
				<Form form={form} onFinish={go} className="find" initialValues={{ what: search?.name ?? '' }} validateTrigger="onSubmit">
					<label htmlFor="what" className="off">
						{t('证件号码或姓名', 'Document number or name')}
					</label>
					<Form.Item
						name="what"
						style={{ flex: 1, margin: 0, minWidth: 200 }}
						rules={[{ required: true, whitespace: true, message: t('请输入证件号码或姓名', 'Enter a number or a name') }]}
					>
						<Input ref={(r) => { input.current = r?.input ?? null; }} id="what" size="large" maxLength={50} autoComplete="off" placeholder={t('证件号码或姓名', 'Document number or name')} allowClear />
					</Form.Item>
					<TownIn value={town} onChange={setTown} />
					<Button type="primary" htmlType="submit" size="large" loading={found.isFetching}>
						{t('查询', 'Search')}
					</Button>
				</Form>
				<div aria-live="polite">
					{found.error ? (
						<div style={{ padding: 16 }}>
							<ProblemView error={found.error} />
						</div>
					) : search === null ? (
						<Empty title={t('请输入要查的人', 'Whom are you looking for?')}>
							{t('每次打开档案都会记录，居民本人可以看到谁查过。', 'Every look at a record is written down; the resident can see who looked.')}
						</Empty>
					) : found.data ? (
						<Found rows={found.data.items} more={found.data.more} search={search} />
					) : (
						<Waiting />
					)}
				</div>
			</div>
		</Page>
	);
}

/** Where the area is more than a town, the search may keep to one. */
function TownIn({ value, onChange }: { value: string | undefined; onChange: (code: string | undefined) => void }) {
	const { t } = useTongue();
	const { may } = useWho();
	const towns = useTowns(may('read_divisions'));
	if (towns.length < 2) return null;
	return <Select aria-label={t('乡镇', 'Town')} size="large" allowClear placeholder={t('全部乡镇', 'all towns')} value={value} onChange={onChange} options={towns.map((d) => ({ value: d.code, label: d.name }))} style={{ width: 170 }} />;
}

function Found({ rows, more, search }: { rows: PersonLine[]; more: boolean; search: Search }) {
	const { t, lang } = useTongue();
	const today = useSeason().data?.today ?? '';
	const columns: Column<PersonLine>[] = [
		{ key: 'name', title: t('姓名', 'Name'), fixed: true, card: 'title', by: (r) => r.name, render: (r) => <Link to={`/people/${r.id}`}>{r.name}</Link> },
		{ key: 'number', title: t('证件号码', 'Number'), render: (r) => <span className="mono">{r.number}</span> },
		{ key: 'sex', title: t('性别', 'Sex'), render: (r) => named(SEXES, r.sex, lang) },
		{ key: 'birth', title: t('出生日期', 'Born'), by: (r) => r.birth, render: (r) => (<span className="num">{r.birth}{today && <span className="soft"> {t(`${age(r.birth, today)}岁`, `(${age(r.birth, today)})`)}</span>}</span>) },
		{ key: 'place', title: t('乡镇、村', 'Town, village'), by: (r) => `${r.town}${r.village}`, render: (r) => [r.town, r.village].filter(Boolean).join(' ') || NONE },
		{ key: 'household', title: t('户号', 'Household'), card: 'none', render: (r) => r.household ?? NONE },
		{ key: 'registered', title: t('户籍、常住', 'Registered, living'), spare: true, render: (r) => `${r.registered ? t('户籍', 'registered') : t('非户籍', 'not registered')} · ${r.resident ? t('常住', 'living here') : t('不常住', 'living elsewhere')}` },
		{
			key: 'state', title: t('参保状态', 'State'), card: 'end', by: (r) => r.state,
			render: (r) => (r.died_on ? <Mark tone="calm">{t('已死亡', 'died')}</Mark> : <Mark tone={toneOf(r.state)}>{named(PERSON_STATES, r.state, lang)}</Mark>),
		},
	];
	return (
		<Table
			name="people"
			caption={t('查到的居民', 'People found')}
			columns={columns}
			rows={rows}
			rowKey={(r) => r.id}
			empty={
				<Empty title={t('没有查到', 'Nobody found')}>
					{search.number !== undefined
						? t('请核对号码是否完整。也可能不在您的管辖范围，或名册还没有导入。', 'Check that the number is whole. The person may be outside your area, or the register has not been imported yet.')
						: (search.name ?? '').length < 2
							? t('只输一个字时只找单字的姓名，请至少输前两个字。', 'A single character finds only names of one; enter the first two at least.')
							: t('请核对姓名，或改用证件号码。也可能不在您的管辖范围。', 'Check the name, or use the document number. The person may be outside your area.')}
				</Empty>
			}
			foot={<span role="status">{more ? t(`只列出前 ${rows.length} 人，请输入更多字或证件号码`, `The first ${rows.length}; enter more of the name or the number`) : t(`查到 ${rows.length} 人`, `${rows.length} found`)}</span>}
		/>
	);
}
