// SPDX-License-Identifier: Apache-2.0
// 收款 payments, bills and the money that waits.
import { Link, useSearchParams } from 'react-router-dom';
import type { Bill, Payment } from '../api/contract';
import { usePages, useSeason } from '../api/hooks';
import { ExportAsk } from '../components/export-ask';
import { Choose, Day, namedOptions, Town } from '../components/fields';
import { PagedTable } from '../components/list';
import { Empty, Mark, Page, toneOf } from '../components/page';
import type { Column } from '../components/table';
import { Tabs } from '../components/tabs';
import { useTongue, type Say } from '../i18n';
import { moment } from '../lib/day';
import type { FilterSpec } from '../lib/filters';
import { useFilters, useOrder } from '../lib/hooks';
import { NONE, yuan } from '../lib/money';
import { BILL_STATES, FUNDS, named, PAYERS, PAYMENT_STATES } from '../lib/names';
import { useWho } from '../session';

const PAYMENTS = {
	state: { kind: 'choice', values: ['posted', 'suspense'] },
	channel: { kind: 'code' },
	from: { kind: 'day' },
	to: { kind: 'day' },
	division: { kind: 'division' },
} satisfies FilterSpec;
const BILLS = {
	bill: { kind: 'choice', values: ['open', 'paid', 'funded', 'withdrawn'] },
	category: { kind: 'code' },
	division: { kind: 'division' },
} satisfies FilterSpec;

export default function Money() {
	const { t } = useTongue();
	const [params, setParams] = useSearchParams();
	const tab = params.get('tab') ?? 'payments';
	return (
		<Page title={t('收款', 'Money')} lead={t('筛选条件留在网址里，可以把链接发给同事。', 'The filters are part of the address: a link shows a colleague the same list.')}>
			<div className="sheet">
				<Tabs
					label={t('收款', 'Money')}
					active={tab}
					onChange={(key) => setParams(key === 'payments' ? {} : { tab: key }, { replace: true })}
					items={[
						{ key: 'payments', label: t('缴费明细', 'Payments'), children: <Payments /> },
						{ key: 'bills', label: t('应缴单', 'Bills'), children: <Bills /> },
						{ key: 'suspense', label: t('待查款', 'In suspense'), children: <Suspense /> },
					]}
				/>
			</div>
		</Page>
	);
}

function PersonLink({ id, name }: { id: number | null; name: string | null }) {
	const { may } = useWho();
	if (!name) return <>{NONE}</>;
	return id && may('read_people') ? <Link to={`/people/${id}`}>{name}</Link> : <>{name}</>;
}

function paymentColumns(t: Say, lang: 'zh' | 'en', reason: (p: Payment) => string, waiting: boolean): Column<Payment>[] {
	return [
		{ key: 'at', title: t('缴费时间', 'Paid at'), fixed: true, by: (p) => p.paid_at, render: (p) => <span className="num">{moment(p.paid_at)}</span> },
		{ key: 'name', title: t('姓名', 'Name'), card: 'title', render: (p) => <PersonLink id={p.person} name={p.name} /> },
		{ key: 'fen', title: t('金额（元）', 'Amount'), right: true, by: (p) => p.fen, render: (p) => yuan(p.fen) },
		{ key: 'channel', title: t('渠道', 'Channel'), by: (p) => p.channel_name, render: (p) => p.channel_name },
		{ key: 'serial', title: t('流水号', 'Serial'), render: (p) => <span className="mono">{p.serial}</span> },
		...(waiting ? [] : [{ key: 'state', title: t('状态', 'State'), card: 'end' as const, render: (p: Payment) => <Mark tone={toneOf(p.state)}>{named(PAYMENT_STATES, p.state, lang)}</Mark> }]),
		{ key: 'reason', title: t('待查原因', 'Why it waits'), spare: !waiting, render: (p) => reason(p) || NONE },
		...(waiting ? [] : [{ key: 'receipt', title: t('收据号', 'Receipt'), render: (p: Payment) => <span className="mono">{p.receipt ?? NONE}</span> }]),
	];
}

function PaymentFilters({ withState, filters }: { withState: boolean; filters: ReturnType<typeof useFilters<typeof PAYMENTS>> }) {
	const { t, lang } = useTongue();
	const season = useSeason().data;
	const { values, set, any } = filters;
	return (
		<div className="bar no-print">
			{withState && <Choose label={t('状态', 'State')} value={values.state} onChange={(state) => set({ state })} options={namedOptions(PAYMENT_STATES, lang)} width={110} />}
			<Choose label={t('渠道', 'Channel')} value={values.channel} onChange={(channel) => set({ channel })} options={(season?.channels ?? []).map((c) => ({ value: c.code, label: c.name }))} width={190} />
			<Day label={t('从', 'From')} value={values.from} onChange={(from) => set({ from })} max={values.to ?? season?.today} />
			<Day label={t('到', 'To')} value={values.to} onChange={(to) => set({ to })} min={values.from} max={season?.today} />
			<Town value={values.division} onChange={(division) => set({ division })} />
			{any && (
				<button type="button" className="linkish" onClick={() => set({ state: null, channel: null, from: null, to: null, division: null })}>
					{t('清除筛选', 'Clear')}
				</button>
			)}
		</div>
	);
}

function Payments() {
	const { t, lang, pick } = useTongue();
	const filters = useFilters(PAYMENTS);
	const { sort, served } = useOrder('at', 'time', true);
	const pages = usePages('payments', { query: { ...(filters.values as { state?: 'posted' | 'suspense' }), sort } });
	return (
		<>
			<PaymentFilters withState filters={filters} />
			<PagedTable
				name="payments"
				caption={t('缴费明细', 'Payments')}
				pages={pages}
				served={served}
				rowKey={(p) => p.id}
				columns={paymentColumns(t, lang, (p) => pick(p.reason_zh, p.reason_en), false)}
				tools={<ExportAsk list="payments" division={filters.values.division} />}
				empty={
					<Empty title={t('没有缴费记录', 'No payments')}>
						{filters.any ? t('这些筛选条件下没有。请放宽条件再看。', 'None under these filters; widen them.') : t('还没有人缴费，或渠道明细还没有导入。明细在“导入”页按“缴费明细”导入。', 'Nobody has paid yet, or the channel files are not imported: they go in on the Imports page.')}
					</Empty>
				}
			/>
		</>
	);
}

function Suspense() {
	const { t, lang, pick } = useTongue();
	const filters = useFilters(PAYMENTS);
	const { sort, served } = useOrder('at', 'time', true);
	const pages = usePages('payments', { query: { ...filters.values, state: 'suspense', sort } });
	return (
		<>
			<p className="note" style={{ margin: '14px 18px 0' }}>
				{t('待查款已经记账，只是还不能算到某个人头上。查清原因后由税务、医保处理；不要重复导入。', 'This money is in the books but cannot be credited to anybody yet. Find out why; do not import it again.')}
			</p>
			<PaymentFilters withState={false} filters={filters} />
			<PagedTable
				name="suspense"
				caption={t('待查款', 'Money in suspense')}
				pages={pages}
				served={served}
				rowKey={(p) => p.id}
				columns={paymentColumns(t, lang, (p) => pick(p.reason_zh, p.reason_en), true)}
				tools={<ExportAsk list="suspense" division={filters.values.division} />}
				empty={<Empty title={t('没有待查款', 'Nothing waits')}>{filters.any ? t('这些筛选条件下没有。', 'None under these filters.') : t('收到的每一笔都已入账。', 'Every payment has been credited.')}</Empty>}
			/>
		</>
	);
}

function Bills() {
	const { t, lang } = useTongue();
	const { values, set, any } = useFilters(BILLS);
	const { sort, served } = useOrder('number', '-number', false);
	const pages = usePages('bills', { query: { sort, state: values.bill as Bill['state'] | undefined, category: values.category, division: values.division } });
	return (
		<>
			<div className="bar no-print">
				<Choose label={t('状态', 'State')} value={values.bill} onChange={(bill) => set({ bill })} options={namedOptions(BILL_STATES, lang)} width={120} />
				<Town value={values.division} onChange={(division) => set({ division })} />
				{any && (
					<button type="button" className="linkish" onClick={() => set({ bill: null, category: null, division: null })}>
						{t('清除筛选', 'Clear')}
					</button>
				)}
			</div>
			<PagedTable
				name="bills"
				caption={t('应缴单', 'Bills')}
				pages={pages}
				served={served}
				rowKey={(b) => b.number}
				tools={<ExportAsk list="bills" division={values.division} />}
				columns={[
					{ key: 'name', title: t('姓名', 'Name'), fixed: true, card: 'title', render: (b) => <PersonLink id={b.person} name={b.name} /> },
					{ key: 'village', title: t('村（社区）', 'Village'), by: (b) => b.village, render: (b) => b.village ?? NONE },
					{ key: 'category', title: t('身份', 'Category'), by: (b) => b.category, render: (b) => b.category ?? t('普通居民', 'ordinary') },
					{ key: 'standard', title: t('标准', 'Standard'), right: true, card: 'none', render: (b) => yuan(b.standard_fen) },
					{ key: 'subsidy', title: t('资助', 'Subsidy'), right: true, render: (b) => yuan(b.subsidy_fen) },
					{ key: 'payable', title: t('应缴', 'Due'), right: true, by: (b) => b.payable_fen, render: (b) => yuan(b.payable_fen) },
					{ key: 'state', title: t('状态', 'State'), card: 'end', by: (b) => b.state, render: (b) => <Mark tone={toneOf(b.state)}>{named(BILL_STATES, b.state, lang)}</Mark> },
					{ key: 'route', title: t('途径', 'Route'), card: 'none', render: (b) => b.route },
					{ key: 'payer', title: t('缴费人', 'Payer'), spare: true, render: (b) => named(PAYERS, b.payer, lang) },
					{ key: 'fund', title: t('资助资金', 'Fund'), spare: true, render: (b) => named(FUNDS, b.fund, lang) },
					{ key: 'number', title: t('应缴单号', 'Bill'), card: 'none', render: (b) => <span className="mono">{b.number}</span> },
					{ key: 'on', title: t('核定日', 'Assessed'), card: 'none', render: (b) => <span className="num">{b.assessed_on}</span> },
				]}
				empty={<Empty title={t('没有应缴单', 'No bills')}>{any ? t('这些筛选条件下没有。', 'None under these filters.') : t('还没有核定。名册和名单导入后，由医保局在“核定”页核定全县。', 'Nothing has been assessed yet: once the lists are in, the bureau assesses the county.')}</Empty>}
			/>
		</>
	);
}
