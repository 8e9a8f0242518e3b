// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useT } from '../i18n';
import { ProblemView } from './problem-view';

interface Props {
	open: boolean;
	title: string;
	children?: ReactNode;
	act: string;
	onCancel: () => void;
	/** Throws when the service refuses; the dialog stays and shows it. */
	onReason: (reason: string) => Promise<void>;
}

export function AskReason({ open, title, children, act, onCancel, onReason }: Props) {
	const t = useT();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async ({ reason }: { reason: string }) => {
		setBusy(true);
		setError(null);
		try {
			await onReason(reason.trim());
		} catch (e) {
			setError(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Modal open={open} title={title} footer={null} destroyOnHidden onCancel={onCancel} afterClose={() => setError(null)} width={440}>
			<Form layout="vertical" requiredMark={false} onFinish={(v) => void send(v)}>
				{children}
				<ProblemView error={error} />
				<Form.Item name="reason" label={t('原因', 'Reason')} rules={[{ required: true, whitespace: true, min: 2, max: 200, message: t('请写明原因', 'Say why') }]}>
					<Input.TextArea rows={2} maxLength={200} showCount autoFocus />
				</Form.Item>
				<Button danger type="primary" htmlType="submit" loading={busy}>
					{act}
				</Button>
			</Form>
		</Modal>
	);
}
