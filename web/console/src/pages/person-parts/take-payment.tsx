// SPDX-License-Identifier: Apache-2.0
// 代收缴费 take what a person owes, over the counter or in the village.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, Input } from 'antd';
import { useRef, useState } from 'react';
import { call } from '../../api/client';
import type { PaymentTaken, Person } from '../../api/contract';
import { useSeason } from '../../api/hooks';
import { useDraft, useFieldErrors } from '../../components/form';
import { ProblemView } from '../../components/problem-view';
import { Select } from '../../components/select';
import { useTongue } from '../../i18n';
import { useRemembered } from '../../lib/hooks';
import { KeyRing } from '../../lib/keys';
import { parseYuan, yuan } from '../../lib/money';
import { useMe } from '../../session';

const NAMES = ['channel', 'serial', 'amount_fen'] as const;

interface Props {
	open: boolean;
	person: Person;
	onClose: () => void;
	onDone: () => void;
}

export function TakePayment({ open, person, onClose, onDone }: Props) {
	const { t } = useTongue();
	const [taken, setTaken] = useState<PaymentTaken | null>(null);
	const close = () => {
		onClose();
		if (taken) onDone();
		setTaken(null);
	};
	return (
		<Drawer open={open} onClose={close} title={t('代收缴费', 'Take payment')} width="min(440px, 100vw)" destroyOnHidden>
			<p style={{ fontSize: 16, fontWeight: 600 }}>{person.name}</p>
			<p className="soft mono">{person.number}</p>
			{taken ? <Taken taken={taken} onClose={close} /> : <Slip person={person} onTaken={setTaken} />}
		</Drawer>
	);
}

interface Typed {
	channel: string;
	serial: string;
	amount: string;
}

function Slip({ person, onTaken }: { person: Person; onTaken: (taken: PaymentTaken) => void }) {
	const { t } = useTongue();
	const me = useMe();
	const client = useQueryClient();
	const season = useSeason();
	const keys = useRef(new KeyRing());
	const [form] = Form.useForm<Typed>();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const draft = useDraft<Typed>(`take-payment.${person.id}`);
	const place = useFieldErrors(form, NAMES);
	const due = person.bill!.payable_fen;
	// Only what is taken by hand; the online ones report for themselves.
	const channels = (season.data?.channels ?? []).filter((c) => !c.online);
	const [last, setLast] = useRemembered<string | null>('channel', null);
	const usual = channels.find((c) => c.code === me.unit) ?? channels.find((c) => c.code === last) ?? (channels.length === 1 ? channels[0] : undefined);

	const send = async (v: Typed) => {
		const body = { person: person.id, channel: v.channel, serial: v.serial.trim(), amount_fen: parseYuan(v.amount)! };
		setBusy(true);
		setError(null);
		try {
			const taken = await call('payment_take', { body, key: keys.current.keyFor(body) });
			keys.current.done();
			setLast(body.channel);
			draft.drop();
			void client.invalidateQueries({ queryKey: ['payments'] });
			onTaken(taken);
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" requiredMark={false} onFinish={(v) => void send(v)} onValuesChange={draft.keep} initialValues={{ amount: yuan(due), channel: usual?.code, ...draft.initial }} style={{ marginTop: 16 }}>
			<p className="verdict num" style={{ margin: '0 0 14px' }}>
				{yuan(due)} <span>{t('元', 'yuan')}</span>
				<small>{t('今天应缴', 'due today')}</small>
			</p>
			<ProblemView error={error} without={NAMES} />
			<Form.Item name="channel" label={t('渠道', 'Channel')} rules={[{ required: true, message: t('请选渠道', 'Choose a channel') }]}>
				<Select
					options={channels.map((c) => ({ value: c.code, label: c.open ? c.name : t(`${c.name}（未开放）`, `${c.name} (closed)`), disabled: !c.open }))}
					notFoundContent={t('政策包里没有线下渠道', 'The pack has no channel for this')}
				/>
			</Form.Item>
			<Form.Item
				name="amount"
				label={t('实收金额（元）', 'Amount taken (yuan)')}
				rules={[
					{
						validator: (_, text: string) => {
							const fen = parseYuan(text ?? '');
							if (fen === null || fen === 0) return Promise.reject(new Error(t('请写成 350 或 350.00', 'Write 350 or 350.00')));
							if (fen !== due) return Promise.reject(new Error(t(`与应缴 ${yuan(due)} 元不一致；请按应缴数收`, `It must be the ${yuan(due)} that is due`)));
							return Promise.resolve();
						},
					},
				]}
			>
				<Input inputMode="decimal" autoComplete="off" className="num" />
			</Form.Item>
			<Form.Item
				name="serial"
				label={t('凭单号或 POS 流水号', 'Number of the slip or POS')}
				extra={t('抄写收据或小票上的号码；同一个号只能用一次。', 'As on the slip; a number counts once.')}
				rules={[{ required: true, whitespace: true, message: t('请填凭单号', 'Enter the number') }, { max: 64 }]}
			>
				<Input autoComplete="off" maxLength={64} className="mono" />
			</Form.Item>
			<Button type="primary" htmlType="submit" size="large" block loading={busy}>
				{t(`确认已收 ${yuan(due)} 元`, `Confirm ${yuan(due)} taken`)}
			</Button>
			<p className="small soft" style={{ marginTop: 10 }}>
				{t('网络不好时可以再点一次：同一笔不会重复入账。', 'If the network fails, press again: the same payment is never posted twice.')}
			</p>
		</Form>
	);
}

function Taken({ taken, onClose }: { taken: PaymentTaken; onClose: () => void }) {
	const { t, pick } = useTongue();
	const good = taken.outcome !== 'suspended';
	return (
		<div className="printed" role="status">
			<p className={good ? 'note good' : 'note warn'} style={{ margin: '18px 0' }}>
				<strong>
					{taken.outcome === 'posted' && t('已入账', 'Posted')}
					{taken.outcome === 'repeated' && t('这一笔先前已经入账', 'This one had been posted before')}
					{taken.outcome === 'suspended' && t('钱已记下，转待查', 'The money is noted and waits in suspense')}
				</strong>
				{taken.outcome === 'suspended' && <><br />{pick(taken.reason_zh, taken.reason_en)}</>}
			</p>
			<dl className="facts">
				<dt>{t('收据号', 'Receipt')}</dt>
				<dd className="mono" style={{ fontSize: 16 }}>{taken.receipt ?? '—'}</dd>
				{taken.benefit_from && (
					<>
						<dt>{t('享受待遇自', 'Benefits from')}</dt>
						<dd className="num">{taken.benefit_from}</dd>
					</>
				)}
			</dl>
			<div style={{ display: 'flex', gap: 10, marginTop: 22 }} className="no-print">
				<Button type="primary" onClick={onClose}>
					{t('完成', 'Done')}
				</Button>
				<Button onClick={() => window.print()}>{t('打印', 'Print')}</Button>
			</div>
		</div>
	);
}
