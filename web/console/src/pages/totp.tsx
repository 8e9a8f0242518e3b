// SPDX-License-Identifier: Apache-2.0
// 绑定验证器 set up the second factor.  The QR code is drawn here: the secret goes nowhere else.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import qrcode from 'qrcode-generator';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { call } from '../api/client';
import { Page, Sheet } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { useT } from '../i18n';
import { useMe } from '../session';
import { useToast } from '../toast';

interface Secret {
	secret: string;
	uri: string;
}

function QrCode({ text, label }: { text: string; label: string }) {
	const { path, size } = useMemo(() => {
		const qr = qrcode(0, 'M');
		qr.addData(text);
		qr.make();
		const n = qr.getModuleCount();
		let d = '';
		for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) if (qr.isDark(y, x)) d += `M${x + 4} ${y + 4}h1v1h-1z`;
		return { path: d, size: n + 8 };
	}, [text]);
	return (
		<svg viewBox={`0 0 ${size} ${size}`} width={220} height={220} role="img" aria-label={label} shapeRendering="crispEdges" style={{ background: '#fff', border: '1px solid var(--line)' }}>
			<path d={path} fill="#000" />
		</svg>
	);
}

export default function Totp() {
	const t = useT();
	const me = useMe();
	const [secret, setSecret] = useState<Secret | null>(null);
	return (
		<Page
			title={me.totp ? t('更换验证器', 'Replace authenticator') : t('绑定验证器', 'Set up authenticator')}
			lead={t('办理资金、账号和批量导出时，除密码外还要输入手机验证器上的 6 位数字。', 'For money, accounts and bulk exports you enter, besides the password, the 6 digits of an authenticator.')}
		>
			<div style={{ maxWidth: 640 }}>
				<Sheet title={secret ? t('第二步：扫码并输入验证码', 'Step two: scan and enter a code') : t('第一步：确认是您本人', 'Step one: is it you?')}>
					{secret ? <Confirm secret={secret} /> : <Begin onSecret={setSecret} />}
				</Sheet>
			</div>
		</Page>
	);
}

function Begin({ onSecret }: { onSecret: (s: Secret) => void }) {
	const t = useT();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async ({ password }: { password: string }) => {
		setBusy(true);
		try {
			onSecret(await call('totp_begin', { body: { password } }));
		} catch (e) {
			setError(e);
			setBusy(false);
		}
	};
	return (
		<Form layout="vertical" requiredMark={false} onFinish={(v) => void send(v)} style={{ maxWidth: 340 }}>
			<ProblemView error={error} />
			<Form.Item name="password" label={t('请再输入一次密码', 'Your password again')} rules={[{ required: true, message: t('请输入密码', 'Enter your password') }]}>
				<Input.Password autoComplete="current-password" autoFocus maxLength={200} />
			</Form.Item>
			<Button type="primary" htmlType="submit" loading={busy}>
				{t('下一步', 'Next')}
			</Button>
		</Form>
	);
}

function Confirm({ secret }: { secret: Secret }) {
	const t = useT();
	const toast = useToast();
	const navigate = useNavigate();
	const client = useQueryClient();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const send = async ({ code }: { code: string }) => {
		setBusy(true);
		try {
			await call('totp_confirm', { body: { code } });
			await client.refetchQueries({ queryKey: ['session'] });
			toast(t('验证器已绑定', 'The authenticator is set up'));
			navigate('/');
		} catch (e) {
			setError(e);
			setBusy(false);
		}
	};
	return (
		<div style={{ display: 'flex', gap: 28, flexWrap: 'wrap' }}>
			<QrCode text={secret.uri} label={t('绑定用二维码', 'QR code to set it up')} />
			<Form layout="vertical" requiredMark={false} onFinish={(v) => void send(v)} style={{ flex: '1 1 260px' }}>
				<p>{t('用手机上的验证器应用扫描二维码；扫不了的，手工输入下面的密钥：', 'Scan this with the authenticator on your phone, or type this key:')}</p>
				<p className="mono" style={{ margin: '6px 0 16px', overflowWrap: 'anywhere', background: 'var(--paper)', padding: '6px 10px' }}>
					{secret.secret.replace(/(.{4})(?=.)/g, '$1 ')}
				</p>
				<ProblemView error={error} />
				<Form.Item name="code" label={t('验证器上现在的 6 位数字', 'The 6 digits it shows now')} rules={[{ required: true, pattern: /^[0-9]{6}$/, message: t('请输入 6 位数字', 'Six digits') }]} validateTrigger="onBlur">
					<Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="mono" style={{ maxWidth: 180 }} autoFocus />
				</Form.Item>
				<Button type="primary" htmlType="submit" loading={busy}>
					{t('完成绑定', 'Finish')}
				</Button>
			</Form>
		</div>
	);
}
