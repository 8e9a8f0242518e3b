// SPDX-License-Identifier: Apache-2.0
// 查看完整号码: for a reason, which is written down and which the resident can read.
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client';
import { useDraft, useFieldErrors } from '../../components/form';
import { ProblemView } from '../../components/problem-view';
import { useT } from '../../i18n';

export interface Whole {
	number: string;
	phone: string | null;
}

const NAMES = ['reason'] as const;

export function Unmask({ id, onWhole }: { id: number; onWhole: (whole: Whole) => void }) {
	const t = useT();
	const [open, setOpen] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [form] = Form.useForm<{ reason: string }>();
	const draft = useDraft<{ reason: string }>(`unmask.${id}`);
	const place = useFieldErrors(form, NAMES);
	const send = async ({ reason }: { reason: string }) => {
		setBusy(true);
		setError(null);
		try {
			onWhole(await call('person_unmask', { path: { id }, body: { reason } }));
			draft.drop();
			setOpen(false);
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	const usual = [t('电话核实参保情况', 'to ask by telephone'), t('与居民出示的证件核对', 'to compare with the paper shown'), t('核对缴费单据', 'to check a payment slip')];
	return (
		<>
			<button type="button" className="linkish" onClick={() => setOpen(true)}>
				{t('查看完整号码', 'Show whole numbers')}
			</button>
			<Modal open={open} title={t('查看完整号码', 'Show whole numbers')} onCancel={() => setOpen(false)} footer={null} destroyOnHidden width={460}>
				<Form form={form} layout="vertical" requiredMark={false} initialValues={draft.initial} onValuesChange={draft.keep} onFinish={(v) => void send(v)}>
					<p className="soft" style={{ marginBottom: 12 }}>
						{t('事由会记入查询记录，居民本人可以看到。', 'The reason is written down; the resident can read it.')}
					</p>
					<ProblemView error={error} without={NAMES} />
					<Form.Item name="reason" label={t('事由', 'Reason')} rules={[{ required: true, whitespace: true, min: 4, max: 200, message: t('至少写 4 个字', 'At least 4 characters') }]}>
						<Input.TextArea rows={2} maxLength={200} showCount autoFocus />
					</Form.Item>
					<div className="shortcuts" style={{ margin: '0 0 16px' }}>
						{usual.map((reason) => (
							<Button key={reason} size="small" onClick={() => form.setFieldsValue({ reason })}>
								{reason}
							</Button>
						))}
					</div>
					<Button type="primary" htmlType="submit" loading={busy}>
						{t('查看', 'Show')}
					</Button>
				</Form>
			</Modal>
		</>
	);
}
