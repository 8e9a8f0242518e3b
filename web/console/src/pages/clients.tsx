// SPDX-License-Identifier: Apache-2.0
// 接口系统 other systems that call with signed requests, and their keys.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Popconfirm, Radio } from 'antd';
import { useState } from 'react';
import { call } from '../api/client';
import type { ApiClient, ApiClientKey, Operations } from '../api/contract';
import { useCall, useSeason } from '../api/hooks';
import { useDraft, useFieldErrors } from '../components/form';
import { Empty, Mark, Page, Read, toneOf } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { Select } from '../components/select';
import { ShownOnce, type Once } from '../components/shown-once';
import { Table } from '../components/table';
import { useTongue } from '../i18n';
import { NONE } from '../lib/money';
import { ACCOUNT_STATES, named } from '../lib/names';
import { ROLES } from '../lib/role-names';
import { useToast } from '../toast';

export default function Clients() {
	const { t, lang } = useTongue();
	const toast = useToast();
	const query = useQueryClient();
	const clients = useCall('clients', {});
	const [adding, setAdding] = useState(false);
	const [once, setOnce] = useState<Once | null>(null);
	const [error, setError] = useState<unknown>(null);
	const again = () => query.invalidateQueries({ queryKey: ['clients'] });
	const key = (made: ApiClientKey, note: string) => setOnce({ title: t(`${made.id} 的密钥`, `Key of ${made.id}`), note, secret: made.key });
	const rotate = async (c: ApiClient) => {
		setError(null);
		try {
			key(await call('client_rotate', { path: { code: c.id } }), t('只显示这一次。旧密钥还能用一天，请在这期间换上：', 'Shown this once. The old key works for a day more; exchange it within it:'));
		} catch (e) {
			setError(e);
		}
	};
	const close = async (c: ApiClient) => {
		setError(null);
		try {
			await call('client_close', { path: { code: c.id } });
			toast(t(`已停用 ${c.id}`, `Closed ${c.id}`));
			await again();
		} catch (e) {
			setError(e);
		}
	};
	return (
		<Page title={t('接口系统', 'API clients')} lead={t('缴费渠道和医保平台用密钥签名调用接口；密钥只在生成时显示一次。', 'Channels and the insurance platform call with signed requests; a key is shown once.')} acts={<Button type="primary" onClick={() => setAdding(true)}>{t('添加', 'Add')}</Button>}>
			<ProblemView error={error} />
			<div className="sheet">
				<Read query={clients}>
					{({ items }) => (
						<Table
							name="clients"
							caption={t('接口系统', 'API clients')}
							rows={items}
							rowKey={(c) => c.id}
							empty={<Empty title={t('还没有接口系统', 'No clients yet')}>{t('渠道要自动通知缴费结果时，在这里添加。', 'Add one when a channel shall notify payments by itself.')}</Empty>}
							columns={[
								{ key: 'name', title: t('名称', 'Name'), fixed: true, card: 'title', render: (c) => c.name },
								{ key: 'id', title: t('标识', 'Id'), render: (c) => <span className="mono">{c.id}</span> },
								{ key: 'role', title: t('种类', 'Kind'), render: (c) => named(ROLES, c.role, lang) },
								{ key: 'unit', title: t('渠道', 'Channel'), render: (c) => c.unit ?? NONE },
								{ key: 'state', title: t('状态', 'State'), card: 'end', render: (c) => <Mark tone={toneOf(c.state)}>{named(ACCOUNT_STATES, c.state, lang)}</Mark> },
								{
									key: 'act', title: t('办理', 'Do'), fixed: true,
									render: (c) =>
										c.state === 'closed' ? NONE : (
											<span style={{ display: 'inline-flex', gap: 6 }}>
												<Button size="small" onClick={() => void rotate(c)}>
													{t('换密钥', 'New key')}
												</Button>
												<Popconfirm title={t(`停用 ${c.id}？`, `Close ${c.id}?`)} description={t('立即生效，该系统的请求会全部被拒绝。', 'At once: all its requests will be refused.')} okText={t('停用', 'Close')} cancelText={t('不停用', 'Leave it')} onConfirm={() => void close(c)}>
													<Button size="small">{t('停用', 'Close')}</Button>
												</Popconfirm>
											</span>
										),
								},
							]}
						/>
					)}
				</Read>
			</div>
			<Drawer open={adding} onClose={() => setAdding(false)} title={t('添加接口系统', 'Add an API client')} width="min(440px, 100vw)" destroyOnHidden>
				<Add
					onDone={(made) => {
						setAdding(false);
						void again();
						key(made, t('只显示这一次。请用安全的方式交给对方：', 'Shown this once. Hand it over in a safe way:'));
					}}
				/>
			</Drawer>
			<ShownOnce once={once} onClose={() => setOnce(null)} />
		</Page>
	);
}

type Typed = Operations['client_add']['body'];
const NAMES = ['id', 'name', 'role', 'unit'] as const;

function Add({ onDone }: { onDone: (made: ApiClientKey) => void }) {
	const { t, lang } = useTongue();
	const season = useSeason().data;
	const [form] = Form.useForm<Typed>();
	const draft = useDraft<Typed>('client');
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const role = Form.useWatch('role', form);
	const send = async (v: Typed) => {
		setBusy(true);
		setError(null);
		try {
			const made = await call('client_add', { body: { id: v.id, name: v.name.trim(), role: v.role, ...(v.unit ? { unit: v.unit } : {}) } });
			draft.drop();
			onDone(made);
		} catch (e) {
			setError(e);
			place(e);
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" requiredMark={false} initialValues={{ role: 'channel', ...draft.initial }} onValuesChange={draft.keep} onFinish={(v) => void send(v)}>
			<ProblemView error={error} without={NAMES} />
			<Form.Item name="role" label={t('种类', 'Kind')}>
				<Radio.Group options={['channel', 'platform'].map((value) => ({ value, label: named(ROLES, value, lang) }))} />
			</Form.Item>
			<Form.Item name="id" label={t('标识', 'Id')} rules={[{ required: true, pattern: /^[a-z][a-z0-9_-]{2,31}$/, message: t('小写字母开头，3 到 32 位小写字母、数字、_ 和 -', 'A small letter first; 3 to 32 of small letters, digits, _ and -') }]}>
				<Input className="mono" maxLength={32} autoComplete="off" autoCapitalize="none" />
			</Form.Item>
			<Form.Item name="name" label={t('名称', 'Name')} rules={[{ required: true, whitespace: true, max: 80, message: t('请填名称', 'Enter it') }]}>
				<Input maxLength={80} autoComplete="off" />
			</Form.Item>
			{role === 'channel' && (
				<Form.Item name="unit" label={t('缴费渠道', 'Channel')} rules={[{ required: true, message: t('请选渠道', 'Choose') }]}>
					<Select options={(season?.channels ?? []).map((c) => ({ value: c.code, label: c.name }))} />
				</Form.Item>
			)}
			<Button type="primary" htmlType="submit" loading={busy} block>
				{t('添加并生成密钥', 'Add and make a key')}
			</Button>
		</Form>
	);
}
