// SPDX-License-Identifier: Apache-2.0
// 动态验证码 the one-time code, asked for where it is needed; the request that needed it goes on.
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { call } from '../api/client';
import { useT } from '../i18n';
import { ProblemView } from './problem-view';

interface Props {
	open: boolean;
	/** Has this account a second factor at all? */
	setUp: boolean;
	onAnswer: (taken: boolean) => void;
}

export function CodeDialog({ open, setUp, onAnswer }: Props) {
	const t = useT();
	return (
		<Modal
			open={open}
			title={t('请输入动态验证码', 'Enter your one-time code')}
			onCancel={() => onAnswer(false)}
			footer={null}
			destroyOnHidden
			width={400}
		>
			{setUp ? <CodeForm onAnswer={onAnswer} /> : <NotSetUp onAnswer={onAnswer} />}
		</Modal>
	);
}

function CodeForm({ onAnswer }: { onAnswer: (taken: boolean) => void }) {
	const t = useT();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async ({ code }: { code: string }) => {
		setBusy(true);
		try {
			await call('session_strong', { body: { code } });
			onAnswer(true);
		} catch (e) {
			setError(e);
			setBusy(false);
		}
	};
	return (
		<Form layout="vertical" onFinish={send} requiredMark={false}>
			<p className="soft" style={{ marginBottom: 14 }}>
				{t(
					'这一步涉及资金、账号或批量数据，需要手机验证器上的 6 位数字。一段时间内不再重复询问。',
					'This step concerns money, accounts or bulk data: it needs the 6 digits from your authenticator. It is not asked again for a while.',
				)}
			</p>
			<ProblemView error={error} />
			<Form.Item
				name="code"
				label={t('6 位验证码', '6-digit code')}
				rules={[{ required: true, pattern: /^[0-9]{6}$/, message: t('请输入 6 位数字', 'Six digits') }]}
				validateTrigger="onBlur"
			>
				<Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus className="mono" style={{ fontSize: 20, letterSpacing: '0.3em' }} />
			</Form.Item>
			<Button type="primary" htmlType="submit" loading={busy} block>
				{t('确认并继续', 'Confirm and go on')}
			</Button>
		</Form>
	);
}

function NotSetUp({ onAnswer }: { onAnswer: (taken: boolean) => void }) {
	const t = useT();
	const navigate = useNavigate();
	return (
		<>
			<p>
				{t(
					'这一步需要动态验证码，您的账号还没有绑定验证器。绑定只要一分钟，填写的内容会保留。',
					'This step needs a one-time code and your account has no authenticator yet. Setting it up takes a minute; what you typed is kept.',
				)}
			</p>
			<Button
				type="primary"
				block
				style={{ marginTop: 16 }}
				onClick={() => {
					onAnswer(false);
					navigate('/totp');
				}}
			>
				{t('去绑定验证器', 'Set it up now')}
			</Button>
		</>
	);
}
