// SPDX-License-Identifier: Apache-2.0
// 政策 a pack beside its notice, clause by clause; its readings; what if the amounts were others.
import { lazy, Suspense, useState } from 'react';
import { useCall } from '../api/hooks';
import type { Policy as PolicyData } from '../api/contract';
import { Choose } from '../components/fields';
import { Empty, Mark, Page, Read, toneOf, Waiting } from '../components/page';
import { Table } from '../components/table';
import { Tabs } from '../components/tabs';
import { useTongue } from '../i18n';
import type { FilterSpec } from '../lib/filters';
import { useFilters } from '../lib/hooks';
import { NONE, rate, share, yuan } from '../lib/money';
import { FUNDS, named, READING_STATES } from '../lib/names';

const TryForm = lazy(() => import('./policy-parts/try'));
const SPEC = { code: { kind: 'code' }, show: { kind: 'choice', values: ['clauses', 'rules', 'readings', 'try'] } } satisfies FilterSpec;

export default function Policy() {
	const { t } = useTongue();
	const { values, set } = useFilters(SPEC);
	const packs = useCall('policies', {}, { staleTime: 5 * 60_000 });
	const items = packs.data?.items ?? [];
	const code = values.code ?? items.find((p) => p.current)?.code ?? items[0]?.code;
	const policy = useCall('policy_read', { path: { code: code ?? '' } }, { enabled: Boolean(code), staleTime: 5 * 60_000 });
	return (
		<Page title={t('政策', 'Policy')} lead={t('政策包的每条规则都引着通知的条款；这里对着看，并试算改了会怎样。', 'Every rule of the pack cites the notice; here they stand side by side, and one can try what a change would do.')}>
			<div className="sheet">
				{items.length > 1 && (
					<div className="bar">
						<Choose label={t('政策包', 'Pack')} value={code} all="" onChange={(next) => set({ code: next })} width={300} options={items.map((p) => ({ value: p.code, label: `${p.code} ${p.current ? t('（现行）', '(current)') : ''}` }))} />
					</div>
				)}
				<Read query={packs}>
					{({ items: all }) => (all.length === 0 ? <Empty title={t('没有政策包', 'No packs')}>{t('请系统管理员在服务器上安装政策包。', 'The system administrator installs packs on the server.')}</Empty> : <Read query={policy}>{(data) => <Pack policy={data} show={values.show ?? 'clauses'} onShow={(show) => set({ show: show === 'clauses' ? null : show })} />}</Read>)}
				</Read>
			</div>
		</Page>
	);
}

function Pack({ policy, show, onShow }: { policy: PolicyData; show: string; onShow: (show: string) => void }) {
	const { t } = useTongue();
	const stated = policy.clauses.length;
	const of = policy.benefit_from.slice(0, 4);
	const cited = policy.clauses.filter((c) => c.cited_by.length > 0).length;
	return (
		<>
			<dl className="figures">
				<div>
					<dt>{policy.region}</dt>
					<dd>
						{t(`${of}年度`, `year ${of}`)} {!policy.label.includes(of) && <small className="soft">{t(`通知称“${policy.label}”`, `the notice says “${policy.label}”`)}</small>}
					</dd>
				</div>
				<div>
					<dt>{t('个人缴费', 'Contribution')}</dt>
					<dd className="num">{yuan(policy.personal_fen)}</dd>
				</div>
				<div>
					<dt>{t('财政补助', 'From the budget')}</dt>
					<dd className="num">{yuan(policy.fiscal_fen)}</dd>
				</div>
				<div>
					<dt>{t('待遇期', 'Benefits')}</dt>
					<dd className="num" style={{ fontSize: 16, lineHeight: '29px' }}>
						{policy.benefit_from} – {policy.benefit_to}
					</dd>
				</div>
				<div>
					<dt>{t('条款被引用', 'Clauses cited')}</dt>
					<dd className="num">
						{cited} / {stated} <small className="soft">{rate(share(cited, stated))}</small>
					</dd>
				</div>
			</dl>
			<Tabs
				label={t('政策包各部分', 'Parts of the pack')}
				active={show}
				onChange={onShow}
				items={[
					{ key: 'clauses', label: t('逐条对照', 'Clause by clause'), children: <Clauses policy={policy} /> },
					{ key: 'rules', label: t('身份和途径', 'Categories and routes'), children: <Rules policy={policy} /> },
					{ key: 'readings', label: t('解释', 'Readings'), children: <Readings policy={policy} /> },
					{
						key: 'try', label: t('试算', 'What if'),
						children: (
							<Suspense fallback={<Waiting />}>
								<TryForm policy={policy} />
							</Suspense>
						),
					},
				]}
			/>
		</>
	);
}

function Clauses({ policy }: { policy: PolicyData }) {
	const { t } = useTongue();
	const [only, setOnly] = useState(false);
	const uncited = new Set(policy.uncited);
	const rows = only ? policy.clauses.filter((c) => c.cited_by.length === 0) : policy.clauses;
	const texts = policy.clauses.some((c) => c.notice);
	return (
		<>
			<div className="bar">
				<button type="button" className="linkish" aria-pressed={only} onClick={() => setOnly(!only)}>
					{only ? t('看全部条款', 'All clauses') : t('只看没有规则引用的条款', 'Only clauses that no rule cites')}
				</button>
				<span className="soft">
					{uncited.size === 0 ? t('该引用的条款都有规则引用。', 'Every clause that should be cited is.') : t(`没有规则引用、也未说明的：${policy.uncited.join('、')}`, `Neither cited nor explained: ${policy.uncited.join(', ')}`)}
				</span>
			</div>
			<div className="clause-list" lang="zh-CN">
				<div className="clause-head" aria-hidden="true">
					<span>{t('条款', 'Clause')}</span>
					<span>{texts ? t('通知（概要和原文）', 'The notice') : t('通知（概要）', 'The notice, in short')}</span>
					<span>{t('政策包里引用它的规则', 'Rules that cite it')}</span>
				</div>
				{rows.map((c) => (
					<div key={c.clause} className={uncited.has(c.clause) ? 'clause gap' : 'clause'}>
						<b>{c.clause}</b>
						<div>
							<p>{c.text}</p>
							{c.figures.length > 0 && <p className="figs">{[...new Set(c.figures)].map((f) => <Mark key={f} tone="calm">{f}</Mark>)}</p>}
							{c.notice && <blockquote>{c.notice}</blockquote>}
						</div>
						<div>{c.cited_by.length === 0 ? <Mark tone={uncited.has(c.clause) ? 'bad' : 'calm'}>{t('没有规则引用', 'no rule')}</Mark> : [...new Set(c.cited_by)].map((r) => <span key={r} className="rule">{r}</span>)}</div>
					</div>
				))}
				{rows.length === 0 && <Empty title={t('每条都有规则引用', 'Every clause is cited')} />}
			</div>
		</>
	);
}

function Rules({ policy }: { policy: PolicyData }) {
	const { t, lang } = useTongue();
	const cites = (list: string[]) => <span className="soft">{list.join(t('、', ', ')) || NONE}</span>;
	return (
		<>
			<h2 className="part">{t('资助身份', 'Categories')}</h2>
			<Table
				name="policy-categories"
				caption={t('资助身份', 'Categories')}
				rows={policy.categories}
				rowKey={(c) => c.code}
				empty={<p className="part-empty">{t('没有资助身份。', 'None.')}</p>}
				columns={[
					{ key: 'name', title: t('身份', 'Category'), fixed: true, card: 'title', by: (c) => c.name, render: (c) => c.name },
					{ key: 'subsidy', title: t('资助（元）', 'Subsidy'), right: true, by: (c) => c.subsidy_fen, render: (c) => yuan(c.subsidy_fen) },
					{ key: 'payable', title: t('本人应缴（元）', 'To pay'), right: true, card: 'end', by: (c) => c.payable_fen, render: (c) => yuan(c.payable_fen) },
					{ key: 'fund', title: t('资金', 'Fund'), by: (c) => c.fund, render: (c) => named(FUNDS, c.fund, lang) },
					{ key: 'cites', title: t('依据', 'By'), render: (c) => cites(c.cites) },
					{ key: 'code', title: t('代码', 'Code'), spare: true, render: (c) => <span className="mono">{c.code}</span> },
				]}
			/>
			<h2 className="part" style={{ borderTop: '1px solid var(--line)' }}>
				{t('参保途径', 'Routes')}
			</h2>
			<Table
				name="policy-routes"
				caption={t('参保途径', 'Routes')}
				rows={policy.routes}
				rowKey={(r) => r.code}
				empty={<p className="part-empty">{t('没有途径。', 'None.')}</p>}
				columns={[
					{ key: 'name', title: t('途径', 'Route'), fixed: true, card: 'title', render: (r) => r.name },
					{ key: 'window', title: t('缴费期', 'Paid'), render: (r) => (r.pay_from ? <span className="num">{r.pay_from} {t('至', 'to')} {r.pay_to}</span> : t('按个人情形起算', 'counted for each person')) },
					{ key: 'cites', title: t('依据', 'By'), render: (r) => cites(r.cites) },
					{ key: 'code', title: t('代码', 'Code'), spare: true, render: (r) => <span className="mono">{r.code}</span> },
				]}
			/>
		</>
	);
}

const STATE_CODES: Record<string, string> = Object.fromEntries(Object.entries(READING_STATES).map(([code, pair]) => [pair.zh, code]));

function Readings({ policy }: { policy: PolicyData }) {
	const { t, lang } = useTongue();
	return (
		<Table
			name="readings"
			caption={t('解释', 'Readings')}
			rows={policy.readings}
			rowKey={(r) => r.number}
			empty={<Empty title={t('没有解释', 'No readings')}>{t('通知没有需要解释的地方。', 'Nothing in the notice needed one.')}</Empty>}
			columns={[
				{ key: 'number', title: t('编号', 'No.'), fixed: true, card: 'title', render: (r) => r.number },
				{ key: 'text', title: t('通知没写明的，本系统这样理解', 'Where the notice is silent, this is how it is read'), render: (r) => <span lang="zh-CN">{r.text}</span> },
				{ key: 'author', title: t('谁定', 'By'), render: (r) => r.author },
				{ key: 'state', title: t('状态', 'State'), card: 'end', by: (r) => r.state, render: (r) => { const code = STATE_CODES[r.state] ?? r.state; return <Mark tone={toneOf(code)}>{named(READING_STATES, code, lang)}</Mark>; } },
			]}
		/>
	);
}
