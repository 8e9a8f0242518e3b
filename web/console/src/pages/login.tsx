// SPDX-License-Identifier: Apache-2.0
// 登录 log in: name and password, and the code when the account has a second factor.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Divider, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router-dom';
import { call } from '../api/client';
import { useSeason } from '../api/hooks';
import { Problem } from '../api/problem';
import { ProblemView } from '../components/problem-view';
import { useT } from '../i18n';
import { useWho } from '../session';

interface Typed {
	login: string;
	password: string;
	code?: string;
}

/** Back to where one was, but only inside this console. */
function wayBack(state: unknown): string {
	const from = (state as { from?: unknown } | null)?.from;
	return typeof from === 'string' && /^\/(?!\/)/.test(from) && !from.startsWith('/login') ? from : '/';
}

export default function Login() {
	const t = useT();
	const location = useLocation();
	const navigate = useNavigate();
	const client = useQueryClient();
	const season = useSeason();
	const { session } = useWho();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const [withCode, setWithCode] = useState(false);
	const [form] = Form.useForm<Typed>();
	const ended = Boolean((location.state as { ended?: boolean } | null)?.ended);

	useEffect(() => {
		document.title = t('登录 · 参保', 'Log in · canbao');
	}, [t]);
	useEffect(() => {
		if (withCode) form.getFieldInstance('code')?.focus?.();
	}, [withCode, form]);
	if (session && !busy) return <Navigate to={wayBack(location.state)} replace />;

	const send = async (typed: Typed) => {
		setBusy(true);
		setError(null);
		try {
			const opened = await call('session_open', { body: typed.code ? typed : { login: typed.login, password: typed.password } });
			client.removeQueries({ predicate: (q) => q.queryKey[0] !== 'season' && q.queryKey[0] !== 'session' });
			client.setQueryData(['session'], opened);
			navigate(opened.must_change ? '/password' : wayBack(location.state), { replace: true, state: { from: wayBack(location.state) } });
		} catch (e) {
			// The password was right and the code is missing: ask for it, keep the rest.
			if (e instanceof Problem && e.code === 'second_factor' && !typed.code) setWithCode(true);
			else setError(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<>
			<h2>{t('经办人员登录', 'Log in')}</h2>
			{ended && !error && (
				<p className="note" style={{ marginBottom: 16 }} role="status">
					{t('登录已过期。重新登录后回到刚才的页面，填写的内容还在。', 'Your session has ended. Log in and you are back where you were; what you typed is kept.')}
				</p>
			)}
			<ProblemView error={error} />
			<Form form={form} layout="vertical" onFinish={(v) => void send(v)} requiredMark={false} size="large" validateTrigger="onBlur">
				<Form.Item name="login" label={t('账号', 'Account')} rules={[{ required: true, whitespace: true, message: t('请输入账号', 'Enter your account') }]}>
					<Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} maxLength={64} />
				</Form.Item>
				<Form.Item name="password" label={t('密码', 'Password')} rules={[{ required: true, message: t('请输入密码', 'Enter your password') }]}>
					<Input.Password autoComplete="current-password" maxLength={200} />
				</Form.Item>
				{withCode ? (
					<Form.Item
						name="code"
						label={t('动态验证码', 'One-time code')}
						extra={t('手机验证器上的 6 位数字', 'The 6 digits of your authenticator')}
						rules={[{ required: true, pattern: /^[0-9]{6}$/, message: t('请输入 6 位数字', 'Six digits') }]}
					>
						<Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} className="mono" />
					</Form.Item>
				) : (
					<p style={{ margin: '-6px 0 14px' }}>
						<button type="button" className="linkish small" onClick={() => setWithCode(true)}>
							{t('我有动态验证码', 'I have a one-time code')}
						</button>
					</p>
				)}
				<Button type="primary" htmlType="submit" loading={busy} block>
					{t('登录', 'Log in')}
				</Button>
			</Form>
			{season.data?.oidc && (
				<>
					<Divider plain>{t('或', 'or')}</Divider>
					<Button block size="large" href="/api/v1/oidc/login">
						{t('用统一身份认证登录', "Log in with the county's identity provider")}
					</Button>
				</>
			)}
			<p className="small soft" style={{ marginTop: 20 }}>
				{t('忘记密码、账号锁定：请联系本县安全管理员。', 'Forgotten password or a locked account: ask the security administrator.')}
			</p>
		</>
	);
}
