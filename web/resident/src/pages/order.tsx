// SPDX-License-Identifier: Apache-2.0
// One order: pay, wait politely, and the truth about every line.

import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { instant, day, secondsBetween } from '../base/day';
import { yuan } from '../base/money';
import { Poller, type PollState, realClock } from '../base/poll';
import { orderView, type OrderView } from '../base/views';
import { pick } from '../i18n';
import { go, loadVisit, shelf, t, useShared } from '../store';
import type { Order } from '../types';
import { Icon, type IconName } from '../ui/icon';
import { arriveAt, Facts, Failure, Head, Link, Loading, Money } from '../ui/parts';

const SPARE_S = 90;
const LASTS_MIN_S = 300;
const LASTS_MAX_S = 1800;

/** The clocks of phone and server may differ, so the order's own length counts, not the hour. */
function lastsMs(o: Order): number {
	return 1000 * Math.min(LASTS_MAX_S, Math.max(LASTS_MIN_S, secondsBetween(o.made_at, o.expires_at) + SPARE_S));
}

function Lines({ order }: { order: Order }) {
	const { lang } = useShared();

	return (
		<ul class="order-lines">
			{order.lines.map((l, i) => (
				<li key={i} class={`order-line order-line-${l.outcome || 'open'}`}>
					<div class="order-line-top"><strong>{l.name}</strong><Money fen={l.fen} /></div>
					{l.outcome === 'posted' && (
						<p class="fine"><Icon name="ring_tick" /><span>{t('order.line.posted', { day: l.benefit_from ? day(l.benefit_from, lang) : '' })}</span></p>
					)}
					{l.outcome === 'suspended' && (
						<p class="error"><Icon name="warn" /><span>{t('order.line.suspended')}{lang === 'zh' ? '：' : ': '}{pick(lang, l.reason_zh, l.reason_en)}</span></p>
					)}
					{l.outcome === null && order.state === 'open' && <p class="soft">{t('order.line.open')}</p>}
					{l.receipt && <p class="soft">{t('order.receipt.no')} {l.receipt}</p>}
				</li>
			))}
		</ul>
	);
}

function ToPay({ order, poll, unsure, ask }: { order: Order; poll: PollState; unsure: boolean; ask: () => void }) {
	const { lang } = useShared();
	const over = poll === 'over' || poll === 'paused';

	return (
		<>
			<section class="card pay" aria-labelledby="pay-title">
				<h2 id="pay-title" class="unseen">{t('order.amount')}</h2>
				<p class="pay-amount"><span class="amount-label">{t('order.amount')}</span><Money fen={order.total_fen} big /></p>
				<p class="pay-until"><Icon name="clock" />{t('order.until', { time: instant(order.expires_at, lang) })}</p>
				{order.pay_url && (
					<a class="button button-main button-wide" href={order.pay_url} rel="noreferrer"><Icon name="phone" />{t('order.here')}</a>
				)}
				<figure class="qr">
					<img src={api.orderQr(order.number)} width="220" height="220" alt={t('order.scan.alt', { channel: order.channel_name, yuan: yuan(order.total_fen) })} />
					<figcaption>{t('order.scan')}<br /><span class="soft">{t('order.by', { channel: order.channel_name })}</span></figcaption>
				</figure>
				<div class="pay-wait" role="status">
					{unsure ? <p><Icon name="warn" />{t('order.unsure')}</p> : over ? <p>{t('order.paused')}</p>
						: <p><span class="spin spin-dark" aria-hidden="true" />{t('order.wait')}</p>}
				</div>
				<button type="button" class="button button-wide" onClick={ask}>{t('order.ask')}</button>
			</section>
		</>
	);
}

const RESULT: Record<Exclude<OrderView, 'open'>, { icon: IconName; tone: string }> = {
	paid: { icon: 'ring_tick', tone: 'good' },
	partly: { icon: 'warn', tone: 'ask' },
	waits: { icon: 'warn', tone: 'ask' },
	closed: { icon: 'clock', tone: 'stop' },
};

function Result({ order, view, ask }: { order: Order; view: Exclude<OrderView, 'open'>; ask: () => void }) {
	const heading = useRef<HTMLHeadingElement>(null);
	const { season } = useShared();

	useEffect(() => arriveAt(heading.current), [view]);
	const again = async () => {
		try {
			await loadVisit();
			go('/people');
		} catch (e) {
			go('/');
		}
	};
	return (
		<section class={`card result result-${RESULT[view].tone}`} role="status" aria-labelledby="result-title">
			<Icon name={RESULT[view].icon} big />
			<h2 id="result-title" ref={heading} tabIndex={-1}>{t(`order.${view}`)}</h2>
			{view !== 'closed' && <Money fen={order.total_fen} big />}
			<p class="result-say">{t(`order.${view}.say`)}</p>
			{season && season.demo && view !== 'closed' && <p class="soft">{t('demo')}</p>}
			{(view === 'paid' || view === 'partly') && (
				<a class="button button-main button-wide" href={api.orderReceipt(order.number)} download={`receipt-${order.number}.pdf`}>
					<Icon name="down_to" />{t('order.receipt')}
				</a>
			)}
			{view === 'closed' && (
				<>
					<button type="button" class="button button-main button-wide" onClick={() => void again()}>{t('order.again')}</button>
					<button type="button" class="button button-wide" onClick={ask}>{t('order.ask')}</button>
				</>
			)}
			{view !== 'closed' && <Link to="/record" class="button button-wide">{t('order.record')}</Link>}
		</section>
	);
}

export function OrderPage({ number }: { number: string }) {
	const { lang } = useShared();
	const [order, set] = useState<Order | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [unsure, setUnsure] = useState(false);
	const [poll, setPoll] = useState<PollState>('waiting');
	const poller = useRef<Poller | null>(null);

	const take = (o: Order) => {
		set(o);
		setUnsure(false);
		if (o.state !== 'open' && shelf.getItem('order') === number) {
			shelf.removeItem('order');
		}
	};
	const load = () => {
		setError(null);
		api.order(number).then((o) => {
			take(o);
			if (o.state === 'open' && !poller.current) {
				const p = new Poller(async () => {
					try {
						const now = await api.order(number);
						take(now);
						return now.state !== 'open';
					} catch (e) {
						setUnsure(true);
						throw e;
					}
				}, lastsMs(o), realClock, () => setPoll(p.state));
				poller.current = p;
				p.start();
			}
		}, setError);
	};

	useEffect(() => {
		const seen = () => poller.current && poller.current.hide(document.visibilityState === 'hidden');

		load();
		document.addEventListener('visibilitychange', seen);
		window.addEventListener('focus', seen);
		window.addEventListener('online', seen);
		return () => {
			document.removeEventListener('visibilitychange', seen);
			window.removeEventListener('focus', seen);
			window.removeEventListener('online', seen);
			if (poller.current) {
				poller.current.stop();
			}
		};
	}, [number]);
	const ask = () => {
		if (poller.current && order && order.state === 'open') {
			void poller.current.again();
		} else {
			api.order(number).then(take, () => setUnsure(true));
		}
	};
	if (!order) {
		return (
			<div class="page">
				<Head title={t('order.title')} />
				{error != null ? <Failure error={error} retry={load} /> : <Loading text={t('order.loading')} />}
			</div>
		);
	}
	const view = orderView(order);
	return (
		<div class="page page-order">
			<Head title={t('order.title')} />
			{view === 'open' ? <ToPay order={order} poll={poll} unsure={unsure} ask={ask} /> : <Result order={order} view={view} ask={ask} />}
			<section class="card" aria-labelledby="lines-title">
				<h2 id="lines-title">{t('order.who')}</h2>
				<Lines order={order} />
				<Facts rows={[
					[t('order.number'), <span class="code">{(order.number.match(/.{1,4}/g) || []).map((four, i) => <span class="four" key={i}>{four}</span>)}</span>],
					[t('order.made'), instant(order.made_at, lang)],
					order.paid_at ? [t('order.paidat'), instant(order.paid_at, lang)] : null,
				]} />
				<p class="soft">{t('order.keep')} {t('masked.note')}</p>
			</section>
		</div>
	);
}
