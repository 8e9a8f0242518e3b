// SPDX-License-Identifier: Apache-2.0
// 核定结论 the ruling as of today: how much, from when, and why, step by step with its clause.
import type { Person } from '../../api/contract';
import { Mark, Sheet, toneOf } from '../../components/page';
import { useTongue } from '../../i18n';
import { yuan } from '../../lib/money';
import { BILL_STATES, FUNDS, named, PAYERS } from '../../lib/names';

export function RulingView({ person }: { person: Person }) {
	const { t, pick, lang } = useTongue();
	const r = person.ruling;
	return (
		<Sheet title={t('核定结论', 'The ruling')} end={person.bill && <Mark tone={toneOf(person.bill.state)}>{t('应缴单', 'bill')} {named(BILL_STATES, person.bill.state, lang)}</Mark>}>
			{r.decision === 'refuse' ? (
				<p className="verdict no">
					{t('不能参保', 'Cannot enrol')}
					<small>{pick(r.reason_zh, r.reason_en)}</small>
				</p>
			) : (
				<p className="verdict num">
					{yuan(r.payable_fen)} <span>{t('元', 'yuan')}</span>
					<small>
						{r.payable_fen === 0 ? t('本人不用缴', 'nothing to pay oneself') : t('本人应缴', 'to pay oneself')}
						{r.route && ` · ${r.route}`}
					</small>
				</p>
			)}
			<dl className="facts">
				{r.category && (
					<>
						<dt>{t('适用身份', 'Category')}</dt>
						<dd>{r.category}</dd>
					</>
				)}
				{r.standard_fen !== null && (
					<>
						<dt>{t('个人缴费标准', 'Contribution')}</dt>
						<dd className="num">{yuan(r.standard_fen)}</dd>
						<dt>{t('资助', 'Subsidy')}</dt>
						<dd className="num">
							{yuan(r.subsidy_fen)}
							{r.fund && <span className="soft"> {t(`由${named(FUNDS, r.fund, lang)}承担`, `from ${named(FUNDS, r.fund, lang)}`)}</span>}
						</dd>
						<dt>{t('缴费人', 'Paid by')}</dt>
						<dd>{named(PAYERS, r.payer, lang)}</dd>
					</>
				)}
				{r.benefit_from && (
					<>
						<dt>{t('享受待遇', 'Benefits')}</dt>
						<dd className="num">
							{r.benefit_from} {t('至', 'to')} {r.benefit_to}
						</dd>
					</>
				)}
				{person.bill && (
					<>
						<dt>{t('应缴单号', 'Bill')}</dt>
						<dd className="mono">{person.bill.number}</dd>
					</>
				)}
			</dl>
			{r.steps.length > 0 && (
				<>
					<h3 className="why">{t('怎么算出来的', 'Why this amount')}</h3>
					<ol className="steps">
						{r.steps.map((step, i) => (
							<li key={i}>
								<span>{pick(step.zh, step.en)}</span>
								{step.clause && <Mark tone="calm">{step.clause}</Mark>}
								<b className="num">{step.fen !== null && yuan(step.fen)}</b>
							</li>
						))}
					</ol>
				</>
			)}
			{r.cites.length > 0 && (
				<>
					<h3 className="why">{t('依据', 'By the notice')}</h3>
					<dl className="facts clauses">
						{r.cites.map((c) => (
							<div key={c.clause} style={{ display: 'contents' }}>
								<dt>{c.clause}</dt>
								<dd lang="zh-CN">{c.text}</dd>
							</div>
						))}
					</dl>
				</>
			)}
		</Sheet>
	);
}
