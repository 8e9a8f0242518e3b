// SPDX-License-Identifier: Apache-2.0
import type { Payment, Person } from '../../api/contract';
import { Empty, Mark, toneOf } from '../../components/page';
import { Table } from '../../components/table';
import { useTongue } from '../../i18n';
import { moment } from '../../lib/day';
import { NONE, yuan } from '../../lib/money';
import { CIRCUMSTANCES, DEPARTMENTS, named, PAYMENT_STATES, SCHEMES } from '../../lib/names';

export function Categories({ categories }: { categories: Person['categories'] }) {
	const { t, lang } = useTongue();
	return (
		<section>
			<h3 className="part">{t('资助身份', 'Categories')}</h3>
			{categories.length === 0 ? (
				<p className="part-empty">{t('没有列入任何困难群众名单；按普通居民缴费。', 'On no category list; pays as any resident.')}</p>
			) : (
				<ol className="line">
					{[...categories]
						.sort((a, b) => b.certified.localeCompare(a.certified))
						.map((c) => (
							<li key={c.code + c.certified} className={c.applies ? 'now' : undefined}>
								<span className="num when">{c.certified}</span>
								<span>
									<b>{c.name}</b> {c.applies && <Mark tone="good">{t('按此资助', 'applies')}</Mark>}
									{c.ended && <Mark tone="calm">{t(`${c.ended} 取消`, `ended ${c.ended}`)}</Mark>}
									<br />
									<span className="soft">
										{named(DEPARTMENTS, c.department, lang)} {t('认定', 'certified')}
										{c.subsidy_fen !== null && t(`，资助 ${yuan(c.subsidy_fen)} 元`, `, subsidy ${yuan(c.subsidy_fen)}`)}
									</span>
								</span>
							</li>
						))}
				</ol>
			)}
		</section>
	);
}

export function Enrolments({ enrolments }: { enrolments: Person['enrolments'] }) {
	const { t } = useTongue();
	return (
		<section>
			<h3 className="part">{t('参保记录', 'Enrolments')}</h3>
			{enrolments.length === 0 ? (
				<p className="part-empty">{t('还没有参保记录。', 'No enrolment yet.')}</p>
			) : (
				<Table
					name="person-enrolments"
					caption={t('参保记录', 'Enrolments')}
					rows={enrolments}
					rowKey={(e) => e.policy + e.enrolled_on}
					empty={null}
					columns={[
						{ key: 'year', title: t('待遇年度', 'Year'), fixed: true, card: 'title', render: (e) => e.benefit_year },
						{ key: 'on', title: t('参保日', 'Enrolled on'), render: (e) => <span className="num">{e.enrolled_on}</span> },
						{ key: 'route', title: t('途径', 'Route'), render: (e) => e.route },
						{ key: 'category', title: t('身份', 'Category'), render: (e) => e.category ?? NONE },
						{ key: 'personal', title: t('个人缴费', 'Personal'), right: true, render: (e) => yuan(e.personal_fen) },
						{ key: 'subsidy', title: t('资助', 'Subsidy'), right: true, render: (e) => yuan(e.subsidy_fen) },
						{ key: 'benefit', title: t('享受待遇', 'Benefits'), render: (e) => <span className="num">{e.benefit_from} {t('至', 'to')} {e.benefit_to}</span> },
						{ key: 'online', title: t('方式', 'How'), spare: true, render: (e) => (e.online ? t('线上', 'online') : t('线下', 'at a counter')) },
						{ key: 'active', title: t('状态', 'State'), card: 'end', render: (e) => (e.active ? <Mark tone="good">{t('有效', 'in force')}</Mark> : <Mark tone="calm">{t('已终止', 'ended')}</Mark>) },
					]}
				/>
			)}
		</section>
	);
}

export function Covers({ person }: { person: Person }) {
	const { t, lang } = useTongue();
	if (person.coverages.length + person.circumstances.length + person.other_cover === 0) return null;
	return (
		<section>
			<h3 className="part">{t('其他医保和特殊情形', 'Other cover and circumstances')}</h3>
			<ol className="line">
				{person.coverages.map((c) => (
					<li key={c.scheme + c.since}>
						<span className="num when">{c.since}</span>
						<span>
							<b>{named(SCHEMES, c.scheme, lang)}</b>{' '}
							{c.ended ? <Mark tone="calm">{t(`${c.ended} 中断`, `lapsed ${c.ended}`)}</Mark> : <Mark tone="info">{t('在保', 'in force')}</Mark>}
							{c.months !== null && <span className="soft"> {t(`连续缴费 ${c.months} 个月`, `${c.months} months running`)}</span>}
						</span>
					</li>
				))}
				{person.circumstances.map((c) => (
					<li key={c.kind + c.happened}>
						<span className="num when">{c.happened}</span>
						<b>{named(CIRCUMSTANCES, c.kind, lang)}</b>
					</li>
				))}
			</ol>
		</section>
	);
}

export function Payments({ payments }: { payments: Payment[] }) {
	const { t, lang, pick } = useTongue();
	return (
		<Table
			name="person-payments"
			caption={t('缴费记录', 'Payments')}
			rows={payments}
			rowKey={(p) => p.id}
			empty={
				<Empty title={t('没有缴费记录', 'No payment')}>
					{t('居民说已缴而这里没有的，请记下渠道和流水号，在“数据障碍”里登记，由税务局核对。', 'If the resident says it was paid, note channel and serial number; the tax bureau compares.')}
				</Empty>
			}
			columns={[
				{ key: 'at', title: t('缴费时间', 'Paid at'), fixed: true, card: 'title', by: (p) => p.paid_at, render: (p) => <span className="num">{moment(p.paid_at)}</span> },
				{ key: 'fen', title: t('金额', 'Amount'), right: true, by: (p) => p.fen, render: (p) => yuan(p.fen) },
				{ key: 'channel', title: t('渠道', 'Channel'), render: (p) => p.channel_name },
				{ key: 'serial', title: t('流水号', 'Serial'), render: (p) => <span className="mono">{p.serial}</span> },
				{ key: 'state', title: t('状态', 'State'), card: 'end', render: (p) => <Mark tone={toneOf(p.state)}>{named(PAYMENT_STATES, p.state, lang)}</Mark> },
				{ key: 'reason', title: t('待查原因', 'Why it waits'), render: (p) => pick(p.reason_zh, p.reason_en) || NONE },
				{ key: 'receipt', title: t('凭证号', 'Receipt'), render: (p) => <span className="mono">{p.receipt ?? NONE}</span> },
			]}
		/>
	);
}
