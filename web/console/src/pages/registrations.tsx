// SPDX-License-Identifier: Apache-2.0
// 参保登记审核: what a resident wrote beside the paper that shows it.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { call } from '../api/client';
import type { Registration } from '../api/contract';
import { usePages } from '../api/hooks';
import { Evidence } from '../components/evidence';
import { Choose, namedOptions } from '../components/fields';
import { useDraft, useFieldErrors } from '../components/form';
import { PagedTable } from '../components/list';
import { Empty, Mark, Page, toneOf } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { Split } from '../components/split';
import { useTongue } from '../i18n';
import { moment } from '../lib/day';
import type { FilterSpec } from '../lib/filters';
import { useFilters } from '../lib/hooks';
import { NONE } from '../lib/money';
import { named, REGISTRATION_KINDS, REGISTRATION_STATES, SEXES } from '../lib/names';
import { useWho } from '../session';
import { useToast } from '../toast';

const SPEC = { state: { kind: 'choice', values: ['asked', 'accepted', 'declined'] } } satisfies FilterSpec;

export default function Registrations() {
	const { t, lang } = useTongue();
	const { values, set } = useFilters(SPEC);
	const [params, setParams] = useSearchParams();
	const pages = usePages('registrations', { query: { state: values.state as Registration['state'] | undefined } });
	const open = pages.rows?.find((r) => String(r.id) === params.get('id')) ?? null;
	const show = (id: number | null) =>
		setParams(
			(now) => {
				const next = new URLSearchParams(now);
				if (id) next.set('id', String(id));
				else next.delete('id');
				return next;
			},
			{ replace: true },
		);
	const list = (
		<>
			<div className="bar">
				<Choose label={t('状态', 'State')} value={values.state} onChange={(state) => set({ state })} options={namedOptions(REGISTRATION_STATES, lang)} />
			</div>
			<PagedTable
				name="registrations"
				caption={t('参保登记，先到的在前', 'Registrations, oldest first')}
				pages={pages}
				rowKey={(r) => r.id}
				chosen={(r) => r === open}
				columns={[
					{ key: 'name', title: t('姓名', 'Name'), fixed: true, card: 'title', render: (r) => <button type="button" className="linkish" onClick={() => show(r.id)}>{r.name}</button> },
					{ key: 'kind', title: t('种类', 'Kind'), by: (r) => r.kind, render: (r) => named(REGISTRATION_KINDS, r.kind, lang) },
					{ key: 'place', title: t('乡镇、村', 'Place'), by: (r) => `${r.town}${r.village}`, render: (r) => [r.town, r.village].filter(Boolean).join(' ') || NONE },
					{ key: 'asked', title: t('提交', 'Asked'), by: (r) => r.asked_at, render: (r) => <span className="num">{moment(r.asked_at)}</span> },
					{ key: 'state', title: t('状态', 'State'), card: 'end', render: (r) => <Mark tone={toneOf(r.state)}>{named(REGISTRATION_STATES, r.state, lang)}</Mark> },
				]}
				empty={<Empty title={t('没有参保登记', 'No registrations')}>{values.state ? t('这个状态下没有。换一个状态看看。', 'None in this state.') : t('居民在首页提交新生儿或新参保登记后会列在这里。', 'When a resident registers on the front page, it appears here.')}</Empty>}
			/>
		</>
	);
	return (
		<Page title={t('参保登记审核', 'Registrations')} lead={t('对照材料核实；通过后此人即列入名册，可以缴费。', 'Compare with the papers; once accepted the person is in the register and can pay.')}>
			<Split list={list} title={open ? `${open.name} · ${named(REGISTRATION_KINDS, open.kind, lang)}` : ''} detail={open && <Detail key={open.id} item={open} />} onClose={() => show(null)} />
		</Page>
	);
}

function Detail({ item }: { item: Registration }) {
	const { t, lang } = useTongue();
	const { may } = useWho();
	return (
		<div className="stack">
			<dl className="facts">
				<dt>{t('姓名', 'Name')}</dt>
				<dd>{item.name}</dd>
				<dt>{t('证件号码', 'Number')}</dt>
				<dd className="mono">{item.number}</dd>
				<dt>{t('性别、出生', 'Sex, born')}</dt>
				<dd className="num">
					{named(SEXES, item.sex, lang)} {item.birth}
				</dd>
				<dt>{t('乡镇、村', 'Place')}</dt>
				<dd>
					{[item.town, item.village].filter(Boolean).join(' ') || NONE} {item.registered && <Mark tone="calm">{t('自述本县户籍', 'says: registered here')}</Mark>}
				</dd>
				{item.in_register && item.state === 'asked' && (
					<>
						<dt>{t('名册', 'Register')}</dt>
						<dd>
							<Mark tone="bad">{t('这个号码已在名册里，但姓名不同', 'this number is in the register under another name')}</Mark>
						</dd>
					</>
				)}
				{item.guardian && (
					<>
						<dt>{t('监护人', 'Guardian')}</dt>
						<dd>{item.guardian}</dd>
					</>
				)}
				{item.decided_at && (
					<>
						<dt>{t('审核', 'Decided')}</dt>
						<dd>
							{item.decided_by} <span className="num">{moment(item.decided_at)}</span>
						</dd>
					</>
				)}
				{item.reason && (
					<>
						<dt>{t('未通过原因', 'Why not')}</dt>
						<dd>{item.reason}</dd>
					</>
				)}
				{item.person && (
					<>
						<dt>{t('档案', 'Record')}</dt>
						<dd>
							<Link to={`/people/${item.person}`}>{t('打开', 'Open')}</Link>
						</dd>
					</>
				)}
			</dl>
			{may('read_evidence') && <Evidence items={item.evidence} />}
			{item.state === 'asked' && <Decide item={item} />}
		</div>
	);
}

const NAMES = ['reason'] as const;

function Decide({ item }: { item: Registration }) {
	const { t } = useTongue();
	const toast = useToast();
	const client = useQueryClient();
	const [form] = Form.useForm<{ reason?: string }>();
	const draft = useDraft<{ reason?: string }>(`registration.${item.id}`);
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const decide = async (accept: boolean) => {
		const reason = (form.getFieldValue('reason') as string | undefined)?.trim();
		if (!accept && (!reason || reason.length < 2)) {
			form.setFields([{ name: 'reason', errors: [t('不通过须写明原因，会告诉申请人', 'Say why: the applicant will read it')] }]);
			return;
		}
		setBusy(true);
		setError(null);
		try {
			await call('registration_decide', { path: { id: item.id }, body: accept ? { accept } : { accept, reason } });
			draft.drop();
			toast(accept ? t(`已通过，${item.name}已列入名册`, `Accepted: ${item.name} is in the register`) : t('已退回申请人', 'Declined'));
			await client.invalidateQueries({ queryKey: ['registrations'] });
			void client.invalidateQueries({ queryKey: ['desk'] });
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" initialValues={draft.initial} onValuesChange={draft.keep}>
			<ProblemView error={error} without={NAMES} />
			<Form.Item name="reason" label={t('不通过的原因（申请人会看到）', 'Reason, if declined (the applicant reads it)')} style={{ marginBottom: 12 }}>
				<Input.TextArea rows={2} maxLength={300} showCount />
			</Form.Item>
			<div style={{ display: 'flex', gap: 10 }}>
				<Button type="primary" loading={busy} onClick={() => void decide(true)}>
					{t('材料相符，通过', 'Accept')}
				</Button>
				<Button danger disabled={busy} onClick={() => void decide(false)}>
					{t('不通过', 'Decline')}
				</Button>
			</div>
		</Form>
	);
}
