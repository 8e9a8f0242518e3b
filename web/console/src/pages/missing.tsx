// SPDX-License-Identifier: Apache-2.0
// 未参保台账 who is without cover, village by village, household by household (LB-41).
import { Button, Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import type { Missing as MissingLine } from '../api/contract';
import { useCall, usePages, useSeason } from '../api/hooks';
import { DivisionTree } from '../components/division-tree';
import { ExportAsk } from '../components/export-ask';
import { PagedTable } from '../components/list';
import { Empty, Mark, Page } from '../components/page';
import { useTongue } from '../i18n';
import { age } from '../lib/day';
import type { FilterSpec } from '../lib/filters';
import { useFilters } from '../lib/hooks';
import { NONE, yuan } from '../lib/money';
import { named, SEXES } from '../lib/names';
import { useMe, useWho } from '../session';

const SPEC = { town: { kind: 'division' }, village: { kind: 'division' }, special: { kind: 'flag' } } satisfies FilterSpec;

/** An account of one village needs no tree. */
function ownVillage(code: string | null): string | undefined {
	return code && !code.endsWith('000') ? code : undefined;
}

export default function Missing() {
	const { t } = useTongue();
	const me = useMe();
	const { values, set } = useFilters(SPEC);
	const [name, setName] = useState<string | null>(null);
	const mine = ownVillage(me.division);
	const village = values.village ?? mine;
	const divisions = useCall('divisions', { query: values.town ? { parent: values.town } : {} }, { enabled: !mine, staleTime: 5 * 60_000 });
	const known = divisions.data?.items.find((d) => d.code === village)?.name ?? null;
	useEffect(() => {
		if (known) setName(known);
	}, [known]);
	const title = mine ? me.division_name : name;
	return (
		<Page title={t('未参保台账', 'Who is missing')} lead={t('逐村、逐户列出还没有参保的人，供入户动员。', 'Village by village, household by household: who has no cover yet.')}>
			<div className={mine ? undefined : 'with-tree'}>
				{!mine && (
					<div className="sheet tree-box no-print">
						<DivisionTree
							village={village}
							town={values.town}
							onVillage={(code, town, label) => {
								setName(label);
								set({ village: code, town });
							}}
						/>
					</div>
				)}
				<div className="sheet">
					{village ? <List village={village} title={title} special={values.special === '1'} onSpecial={(on) => set({ special: on ? '1' : null })} /> : <Empty title={t('请先选村', 'Choose a village')}>{t('先选乡镇，再选它的一个村（社区）。', 'Choose a town, then one of its villages.')}</Empty>}
				</div>
			</div>
		</Page>
	);
}

const PRINT_PAGES_MAX = 100;

function List({ village, title, special, onSpecial }: { village: string; title: string | null; special: boolean; onSpecial: (on: boolean) => void }) {
	const { t, lang } = useTongue();
	const { may } = useWho();
	const today = useSeason().data?.today ?? '';
	const pages = usePages('missing', { query: { division: village, ...(special ? { special: true } : {}) } });
	const [printing, setPrinting] = useState(false);
	// On paper the whole village, not what happened to be loaded.
	const printAll = async () => {
		setPrinting(true);
		let more = pages.hasNextPage;
		for (let i = 0; more && i < PRINT_PAGES_MAX; i++) more = (await pages.fetchNextPage()).hasNextPage;
		setPrinting(false);
		setTimeout(() => window.print(), 100);
	};
	const due = (m: MissingLine) => (m.refusal ? <Mark tone="calm">{m.refusal}</Mark> : yuan(m.payable_fen));
	return (
		<>
			<header className="list-head">
				<h2>{title ?? t('本村', 'The village')}</h2>
				<span className="print-only soft">{today}</span>
				<span className="end no-print">
					<Checkbox checked={special} onChange={(e) => onSpecial(e.target.checked)}>
						{t('只看困难群众', 'Special groups only')}
					</Checkbox>
					<Button size="small" loading={printing} onClick={() => void printAll()}>
						{t('打印', 'Print')}
					</Button>
				</span>
			</header>
			<PagedTable
				name="missing"
				caption={t(`${title ?? ''}未参保人员`, `Missing in ${title ?? ''}`)}
				pages={pages}
				rowKey={(m) => m.person}
				tools={<ExportAsk list={special ? 'special' : 'missing'} division={village} />}
				columns={[
					{ key: 'household', title: t('户号', 'Household'), by: (m) => m.household, render: (m) => m.household ?? NONE },
					{ key: 'name', title: t('姓名', 'Name'), fixed: true, card: 'title', by: (m) => m.name, render: (m) => (may('read_people') ? <Link to={`/people/${m.person}`}>{m.name}</Link> : m.name) },
					{ key: 'sex', title: t('性别', 'Sex'), card: 'none', render: (m) => named(SEXES, m.sex, lang) },
					{ key: 'age', title: t('年龄', 'Age'), by: (m) => m.birth, render: (m) => <span className="num">{today ? age(m.birth, today) : m.birth}</span> },
					{ key: 'number', title: t('证件号码', 'Number'), render: (m) => <span className="mono">{m.number}</span> },
					{ key: 'category', title: t('身份', 'Category'), by: (m) => m.category, render: (m) => m.category ?? NONE },
					{ key: 'due', title: t('应缴（元）', 'Due'), right: true, card: 'end', by: (m) => m.payable_fen, render: due },
				]}
				empty={<Empty title={t('没有未参保的人', 'Nobody is missing')}>{special ? t('本村的困难群众都已参保，或已有其他医保。', 'Everybody of the special groups here has cover.') : t('本村的人都已参保，或已有其他医保。', 'Everybody here has cover.')}</Empty>}
			/>
		</>
	);
}
