// SPDX-License-Identifier: Apache-2.0
// 申请导出 ask for a list with persons as a file; a second person approves it.
import { Button, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client';
import type { Operations } from '../api/contract';
import { useTongue } from '../i18n';
import { EXPORT_LISTS, named } from '../lib/names';
import { useWho } from '../session';
import { useToast } from '../toast';
import { useDraft, useFieldErrors } from './form';
import { ProblemView } from './problem-view';

type Ask = Operations['export_ask']['body'];
const NAMES = ['format', 'purpose', 'whole'] as const;

export function ExportAsk({ list, division, on }: { list: Ask['list']; division?: string; on?: string }) {
	const { t } = useTongue();
	const { may } = useWho();
	const [open, setOpen] = useState(false);
	if (!may('export')) return null;
	return (
		<>
			<Button size="small" onClick={() => setOpen(true)}>
				{t('申请导出', 'Ask for an export')}
			</Button>
			<Modal open={open} title={t('申请导出名单', 'Ask for an export')} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={480}>
				<AskForm list={list} division={division} on={on} onDone={() => setOpen(false)} />
			</Modal>
		</>
	);
}

function AskForm({ list, division, on, onDone }: { list: Ask['list']; division?: string; on?: string; onDone: () => void }) {
	const { t, lang } = useTongue();
	const toast = useToast();
	const navigate = useNavigate();
	const client = useQueryClient();
	const [form] = Form.useForm<Pick<Ask, 'format' | 'purpose' | 'whole'>>();
	const draft = useDraft<Pick<Ask, 'format' | 'purpose' | 'whole'>>(`export.${list}`);
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async (v: Pick<Ask, 'format' | 'purpose' | 'whole'>) => {
		setBusy(true);
		setError(null);
		try {
			await call('export_ask', { body: { list, ...v, ...(division ? { division } : {}), ...(on ? { on } : {}) } });
			draft.drop();
			void client.invalidateQueries({ queryKey: ['exports'] });
			toast(t('已提交，另一位同事批准后可下载', 'Asked; you can fetch it once a colleague approves'));
			onDone();
			navigate('/exports');
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Form form={form} layout="vertical" requiredMark={false} initialValues={{ format: 'xlsx', whole: false, ...draft.initial }} onValuesChange={draft.keep} onFinish={(v) => void send(v)}>
			<p style={{ marginBottom: 12 }}>
				<b>{named(EXPORT_LISTS, list, lang)}</b>
				<br />
				<span className="soft">{t('含个人信息：须由另一人批准，文件带水印，每次下载都会记录。', 'It holds personal data: a second person approves it, it is watermarked, each download is recorded.')}</span>
			</p>
			<ProblemView error={error} without={NAMES} />
			<Form.Item name="format" label={t('格式', 'Format')}>
				<Radio.Group options={[{ value: 'xlsx', label: 'XLSX' }, { value: 'csv', label: 'CSV' }]} />
			</Form.Item>
			<Form.Item name="purpose" label={t('用途', 'Purpose')} extra={t('批准人和审计会看到', 'Whoever approves it, and the auditors, will read this')} rules={[{ required: true, whitespace: true, min: 4, max: 200, message: t('至少写 4 个字', 'At least 4 characters') }]}>
				<Input.TextArea rows={2} maxLength={200} showCount />
			</Form.Item>
			<Form.Item name="whole" valuePropName="checked">
				<Checkbox>{t('需要完整证件号码（不需要就不要勾）', 'With whole document numbers (leave it unless needed)')}</Checkbox>
			</Form.Item>
			<Button type="primary" htmlType="submit" loading={busy}>
				{t('提交申请', 'Ask')}
			</Button>
		</Form>
	);
}
