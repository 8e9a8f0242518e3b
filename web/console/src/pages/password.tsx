// SPDX-License-Identifier: Apache-2.0
// 修改密码 change one's password; at the first log-in nothing else can be done before.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { call } from '../api/client';
import { useFieldErrors } from '../components/form';
import { ProblemView } from '../components/problem-view';
import { useT } from '../i18n';
import { useMe } from '../session';
import { useToast } from '../toast';

const NAMES = ['old', 'new'] as const;

export default function Password() {
	const t = useT();
	const me = useMe();
	const toast = useToast();
	const navigate = useNavigate();
	const location = useLocation();
	const client = useQueryClient();
	const [form] = Form.useForm<{ old: string; new: string; again: string }>();
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const place = useFieldErrors(form, NAMES);
	const from = (location.state as { from?: string } | null)?.from ?? '/';

	const send = async (v: { old: string; new: string }) => {
		setBusy(true);
		setError(null);
		try {
			await call('password_change', { body: { old: v.old, new: v.new } });
			await client.refetchQueries({ queryKey: ['session'] });
			toast(t('密码已修改，其他设备上的登录已退出', 'Password changed; your other sessions have ended'));
			navigate(from === '/password' ? '/' : from, { replace: true });
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<>
			<h2>{t('修改密码', 'Change password')}</h2>
			{me.must_change && (
				<p className="note warn" style={{ marginBottom: 16 }}>
					{t('首次登录或密码到期，先设一个只有您知道的密码。', 'First log-in, or the password is too old: choose one that only you know.')}
				</p>
			)}
			<ProblemView error={error} without={NAMES} />
			<Form form={form} layout="vertical" size="large" requiredMark={false} onFinish={(v) => void send(v)}>
				<input type="text" name="username" autoComplete="username" value={me.login} readOnly hidden />
				<Form.Item name="old" label={t('现在的密码', 'Present password')} rules={[{ required: true, message: t('请输入现在的密码', 'Enter your present password') }]}>
					<Input.Password autoComplete="current-password" autoFocus maxLength={200} />
				</Form.Item>
				<Form.Item
					name="new"
					label={t('新密码', 'New password')}
					extra={t('至少 10 个字符，不要用姓名、生日、单位名。长句子比怪符号好记也更安全。', 'At least 10 characters; no names or birthdays. A long phrase is easier and safer than odd signs.')}
					dependencies={['old']}
					rules={[
						{ required: true, min: 10, message: t('至少 10 个字符', 'At least 10 characters') },
						({ getFieldValue }) => ({
							validator: (_, value: string) =>
								value && value === getFieldValue('old')
									? Promise.reject(new Error(t('新密码不能和现在的相同', 'It must differ from the present one')))
									: Promise.resolve(),
						}),
					]}
				>
					<Input.Password autoComplete="new-password" maxLength={200} />
				</Form.Item>
				<Form.Item
					name="again"
					label={t('再输一遍新密码', 'New password again')}
					dependencies={['new']}
					validateTrigger="onBlur"
					rules={[
						({ getFieldValue }) => ({
							validator: (_, value: string) =>
								value === getFieldValue('new') ? Promise.resolve() : Promise.reject(new Error(t('两次输入不一致', 'The two differ'))),
						}),
					]}
				>
					<Input.Password autoComplete="new-password" maxLength={200} />
				</Form.Item>
				<Button type="primary" htmlType="submit" loading={busy} block>
					{t('保存新密码', 'Save')}
				</Button>
				{!me.must_change && (
					<Button type="link" block onClick={() => navigate(-1)} style={{ marginTop: 8 }}>
						{t('返回', 'Back')}
					</Button>
				)}
			</Form>
		</>
	);
}
