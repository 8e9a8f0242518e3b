// SPDX-License-Identifier: Apache-2.0
// 数据障碍 what residents say is wrong with their data (LB-54): the most urgent first.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { call } from '../api/client';
import type { Ticket } from '../api/contract';
import { usePages } from '../api/hooks';
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
import { named, TICKET_KINDS, TICKET_STATES } from '../lib/names';
import { useWho } from '../session';
import { useToast } from '../toast';

const SPEC = { state: { kind: 'choice', values: ['open', 'answered', 'closed'] } } satisfies FilterSpec;

export default function Tickets() {
	const { t, lang } = useTongue();
	const { values, set } = useFilters(SPEC);
	const [params, setParams] = useSearchParams();
	const pages = usePages('tickets', { query: { state: values.state as Ticket['state'] | undefined } });
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
				<Choose label={t('状态', 'State')} value={values.state} onChange={(state) => set({ state })} options={namedOptions(TICKET_STATES, lang)} />
			</div>
			<PagedTable
				name="tickets"
				caption={t('数据障碍，最急的在前', 'Tickets, most urgent first')}
				pages={pages}
				rowKey={(r) => r.id}
				chosen={(r) => r === open}
				columns={[
					{ key: 'kind', title: t('问题', 'What'), fixed: true, card: 'title', by: (r) => r.kind, render: (r) => <button type="button" className="linkish" onClick={() => show(r.id)}>{named(TICKET_KINDS, r.kind, lang)}</button> },
					{ key: 'person', title: t('居民', 'Resident'), render: (r) => r.person_name ?? NONE },
					{ key: 'town', title: t('乡镇', 'Town'), by: (r) => r.town, render: (r) => r.town ?? NONE },
					{ key: 'due', title: t('答复期限', 'Due'), by: (r) => r.due_at, render: (r) => <span className="num">{r.due_at.slice(0, 10)} {r.late && <Mark tone="bad">{t('逾期', 'late')}</Mark>}</span> },
					{ key: 'opened', title: t('提交', 'Opened'), spare: true, by: (r) => r.opened_at, render: (r) => <span className="num">{moment(r.opened_at)}</span> },
					{ key: 'state', title: t('状态', 'State'), card: 'end', render: (r) => <Mark tone={toneOf(r.state)}>{named(TICKET_STATES, r.state, lang)}</Mark> },
				]}
				empty={<Empty title={t('没有数据障碍', 'No tickets')}>{values.state ? t('这个状态下没有。换一个状态看看。', 'None in this state.') : t('居民在首页反映“信息不对”后会列在这里。', 'When a resident reports wrong data on the front page, it appears here.')}</Empty>}
			/>
		</>
	);
	return (
		<Page title={t('数据障碍', 'Data obstacles')} lead={t('居民反映的信息问题，在期限内答复。', 'What residents say is wrong with their data; answered within the term.')}>
			<Split list={list} title={open ? named(TICKET_KINDS, open.kind, lang) : ''} detail={open && <Detail key={open.id} item={open} />} onClose={() => show(null)} />
		</Page>
	);
}

function Detail({ item }: { item: Ticket }) {
	const { t } = useTongue();
	const { may } = useWho();
	return (
		<div className="stack">
			<blockquote className="said">{item.text}</blockquote>
			<dl className="facts">
				<dt>{t('居民', 'Resident')}</dt>
				<dd>{item.person && may('read_people') ? <Link to={`/people/${item.person}`}>{item.person_name}</Link> : (item.person_name ?? t('没有登记是谁', 'not said'))}</dd>
				<dt>{t('留的电话', 'Phone left')}</dt>
				<dd className="mono">{item.phone ? <a href={`tel:${item.phone}`}>{item.phone}</a> : NONE}</dd>
				<dt>{t('提交', 'Opened')}</dt>
				<dd className="num">{moment(item.opened_at)}</dd>
				<dt>{t('答复期限', 'Due')}</dt>
				<dd className="num">
					{moment(item.due_at)} {item.late && <Mark tone="bad">{t('逾期', 'late')}</Mark>}
				</dd>
				{item.answer && (
					<>
						<dt>{t('答复', 'Answer')}</dt>
						<dd>
							{item.answer}
							<br />
							<span className="soft">
								{item.answered_by} {moment(item.answered_at)}
							</span>
						</dd>
					</>
				)}
			</dl>
			{item.state !== 'closed' && <Answer item={item} />}
		</div>
	);
}

const NAMES = ['answer'] as const;

function Answer({ item }: { item: Ticket }) {
	const { t } = useTongue();
	const toast = useToast();
	const client = useQueryClient();
	const [form] = Form.useForm<{ answer: string; close: boolean }>();
	const draft = useDraft<{ answer: string; close: boolean }>(`ticket.${item.id}`);
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async (body: { answer: string; close: boolean }) => {
		setBusy(true);
		setError(null);
		try {
			await call('ticket_answer', { path: { id: item.id }, body });
			draft.drop();
			toast(t('已答复，居民在首页可以看到', 'Answered; the resident can read it'));
			await client.invalidateQueries({ queryKey: ['tickets'] });
			void client.invalidateQueries({ queryKey: ['desk'] });
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" requiredMark={false} initialValues={{ close: true, ...draft.initial }} onValuesChange={draft.keep} onFinish={(v) => void send(v)}>
			<ProblemView error={error} without={NAMES} />
			<Form.Item name="answer" label={t('答复（居民会看到）', 'Answer (the resident reads it)')} rules={[{ required: true, whitespace: true, min: 2, max: 1000, message: t('请写明处理结果和居民接下来怎么办', 'Say what was done and what the resident should do') }]}>
				<Input.TextArea rows={4} maxLength={1000} showCount />
			</Form.Item>
			<Form.Item name="close" valuePropName="checked" style={{ marginBottom: 12 }}>
				<Checkbox>{t('已办结，不需要再处理', 'Nothing is left to do: close it')}</Checkbox>
			</Form.Item>
			<Button type="primary" htmlType="submit" loading={busy}>
				{t('答复', 'Answer')}
			</Button>
		</Form>
	);
}
