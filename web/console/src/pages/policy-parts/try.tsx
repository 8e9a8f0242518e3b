// SPDX-License-Identifier: Apache-2.0
// 试算 what if the amounts were others.  Changes nothing.
import { Button, Form, Input } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { call } from '../../api/client';
import type { Policy, TryResult } from '../../api/contract';
import { useSeason } from '../../api/hooks';
import type { ChartOption } from '../../components/chart';
import { axisLook } from '../../components/chart-look';
import { DayInput } from '../../components/fields';
import { useDraft, useFieldErrors } from '../../components/form';
import { Empty, Waiting } from '../../components/page';
import { ProblemView } from '../../components/problem-view';
import { useTongue } from '../../i18n';
import { bigYuan, count, parseYuan, yuan } from '../../lib/money';
import { FUNDS, named } from '../../lib/names';
import { ink2 } from '../../theme';

const Chart = lazy(() => import('../../components/chart'));
const NAMES = ['on', 'personal_fen'] as const;

interface Typed {
	on: string;
	personal: string;
	subsidy?: Record<string, string>;
}

/** Only what differs from the pack is asked about. */
export function changesOf(policy: Policy, typed: Typed) {
	const personal = parseYuan(typed.personal ?? '');
	const subsidies = policy.categories.flatMap((c) => {
		const text = typed.subsidy?.[c.code];
		const fen = text === undefined ? null : parseYuan(text);
		return fen === null || fen === c.subsidy_fen ? [] : [{ category: c.code, subsidy_fen: fen }];
	});
	return {
		on: typed.on,
		...(personal !== null && personal !== policy.personal_fen ? { personal_fen: personal } : {}),
		...(subsidies.length > 0 ? { subsidies } : {}),
	};
}

export default function TryForm({ policy }: { policy: Policy }) {
	const { t } = useTongue();
	const season = useSeason().data;
	const [form] = Form.useForm<Typed>();
	const draft = useDraft<Typed>(`try.${policy.code}`);
	const place = useFieldErrors(form, NAMES);
	const [result, setResult] = useState<TryResult | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	if (!season) return <Waiting />;
	const amount = { validator: (_: unknown, text: string) => (parseYuan(text ?? '') === null ? Promise.reject(new Error(t('请写成 350 或 350.00', 'Write 350 or 350.00'))) : Promise.resolve()) };
	const initial = { on: season.today, personal: yuan(policy.personal_fen), subsidy: Object.fromEntries(policy.categories.map((c) => [c.code, yuan(c.subsidy_fen)])), ...draft.initial };
	const send = async (v: Typed) => {
		setBusy(true);
		setError(null);
		try {
			setResult(await call('policy_try', { path: { code: policy.code }, body: changesOf(policy, v) }));
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<div className="try">
			<Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onValuesChange={draft.keep} onFinish={(v) => void send(v)}>
				<p className="note" style={{ marginBottom: 14 }}>
					{t('只算不改：应缴单和名册都不会动。', 'Only a calculation: no bill and no list is touched.')}
				</p>
				<ProblemView error={error} without={NAMES} />
				<Form.Item name="on" label={t('按哪一天', 'As of')} rules={[{ required: true, message: t('请选日期', 'Choose a day') }]}>
					<DayInput />
				</Form.Item>
				<Form.Item name="personal" label={t('个人缴费标准（元）', 'Contribution (yuan)')} rules={[amount]}>
					<Input inputMode="decimal" autoComplete="off" className="num" />
				</Form.Item>
				<fieldset>
					<legend>{t('各身份资助（元）', 'Subsidies (yuan)')}</legend>
					{policy.categories.map((c) => (
						<Form.Item key={c.code} name={['subsidy', c.code]} label={c.name} layout="horizontal" rules={[amount]} labelCol={{ flex: '1 1 auto' }} wrapperCol={{ flex: '0 0 110px' }} colon={false}>
							<Input inputMode="decimal" autoComplete="off" className="num" size="small" style={{ textAlign: 'right' }} />
						</Form.Item>
					))}
				</fieldset>
				<div style={{ display: 'flex', gap: 10, marginTop: 14 }}>
					<Button type="primary" htmlType="submit" loading={busy}>
						{t('试算', 'Try')}
					</Button>
					<Button
						onClick={() => {
							draft.drop();
							form.setFieldsValue({ on: season.today, personal: yuan(policy.personal_fen), subsidy: Object.fromEntries(policy.categories.map((c) => [c.code, yuan(c.subsidy_fen)])) });
							setResult(null);
						}}
					>
						{t('恢复现行数', 'As it is')}
					</Button>
				</div>
			</Form>
			<div aria-live="polite">{result ? <Outcome result={result} /> : <Empty title={t('还没有试算', 'Nothing tried yet')}>{t('改左边的数，点“试算”。全县几万人大约要几秒。', 'Change the amounts and press “Try”. A county takes a few seconds.')}</Empty>}</div>
		</div>
	);
}

function Outcome({ result }: { result: TryResult }) {
	const { t, lang } = useTongue();
	const words = { before: t('现行', 'as it is'), after: t('试算', 'tried'), tenThousands: t('万', '×10⁴') };
	const funds = useMemo<ChartOption>(
		() =>
			pairBars(
				[...result.by_fund.map((f) => named(FUNDS, f.fund, lang)), t('个人缴费', 'the people themselves')],
				[...result.by_fund.map((f) => f.before_fen), result.before.personal_fen],
				[...result.by_fund.map((f) => f.after_fen), result.after.personal_fen],
				words,
			),
		[result, lang],
	);
	const rows: Array<[string, number, number, (n: number) => string]> = [
		[t('个人缴费合计（元）', 'Paid by the people'), result.before.personal_fen, result.after.personal_fen, yuan],
		[t('资助合计（元）', 'Subsidies'), result.before.subsidy_fen, result.after.subsidy_fen, yuan],
		...result.by_fund.map((f): [string, number, number, (n: number) => string] => [t(`其中 ${named(FUNDS, f.fund, lang)}`, `of these, ${named(FUNDS, f.fund, lang)}`), f.before_fen, f.after_fen, yuan]),
		[t('应参保人数', 'May enrol'), result.before.eligible, result.after.eligible, count],
	];
	const who: Array<[string, number, boolean]> = [
		[t('缴得更多', 'pay more'), result.pays_more, true],
		[t('缴得更少', 'pay less'), result.pays_less, false],
		[t('不能参保了', 'fall out'), result.falls_out, true],
		[t('新能参保', 'come in'), result.comes_in, false],
	];
	return (
		<>
			<dl className="counts" style={{ marginBottom: 14 }}>
				{who.map(([name, n, bad]) => (
					<div key={name} className={bad && n > 0 ? 'bad' : undefined}>
						<dt>{name}</dt>
						<dd className="num">{count(n)}</dd>
					</div>
				))}
				<div>
					<dt>{t('共试算', 'people tried')}</dt>
					<dd className="num">{count(result.people)}</dd>
				</div>
			</dl>
			<div className="table-wrap" tabIndex={0} role="region" aria-label={t('前后对照', 'Before and after')}>
				<table className="ledger">
					<thead>
						<tr>
							<th scope="col"><span>{t('项目', 'Item')}</span></th>
							<th scope="col" className="right"><span>{words.before}</span></th>
							<th scope="col" className="right"><span>{words.after}</span></th>
							<th scope="col" className="right"><span>{t('增减', 'change')}</span></th>
						</tr>
					</thead>
					<tbody>
						{rows.map(([name, before, after, show]) => (
							<tr key={name}>
								<td>{name}</td>
								<td className="right">{show(before)}</td>
								<td className="right">{show(after)}</td>
								<td className="right">{after === before ? '0' : (after > before ? '+' : '') + show(after - before)}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<p className="small soft" style={{ margin: '6px 0 14px' }}>
				{t('“现行”按这一天的名单给每个人重新算一遍；有人缴费后身份变了，所以与核定时的合计会差一点。', '“As it is” rules on everybody anew by the lists of that day; some changed category after paying, so it differs a little from the sums of the assessment.')}
			</p>
			<h2 className="part" style={{ paddingLeft: 0 }}>{t('各由谁出', 'Who bears it')}</h2>
			<Suspense fallback={<Waiting rows={3} />}>
				<Chart option={funds} height={(result.by_fund.length + 1) * 62 + 60} label={t('各资金和个人前后对照，数字见上表', 'By fund, before and after; the figures are in the table above')} />
			</Suspense>
		</>
	);
}

function pairBars(names: string[], before: number[], after: number[], words: { before: string; after: string; tenThousands: string }): ChartOption {
	const text = (v: unknown) => (typeof v === 'number' ? yuan(v) : '');
	const short = (v: unknown) => {
		if (typeof v !== 'number') return '';
		const m = bigYuan(v);
		return m.figure + (m.tenThousands ? ` ${words.tenThousands}` : '');
	};
	const bar = (name: string, data: number[], color: string) => ({ name, type: 'bar' as const, data, barMaxWidth: 16, itemStyle: { color }, label: { show: true, position: 'right' as const, color: ink2, formatter: (p: { value: unknown }) => short(p.value) } });
	return {
		grid: { left: 4, right: 96, top: 34, bottom: 4, containLabel: true },
		legend: { top: 2, left: 0, itemWidth: 14, itemHeight: 8, textStyle: { color: ink2 } },
		tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: text },
		xAxis: { type: 'value', ...axisLook, axisLabel: { show: false }, splitLine: { show: false } },
		yAxis: { type: 'category', inverse: true, data: names, ...axisLook, axisLine: { show: false } },
		series: [bar(words.before, before, '#b5b8ae'), bar(words.after, after, '#0d5c63')],
	};
}
