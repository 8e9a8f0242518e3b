// SPDX-License-Identifier: Apache-2.0
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Route, Routes } from 'react-router-dom';
import { Problem } from './api/problem';
import { Lone } from './components/lone';
import { Waiting } from './components/page';
import { useTongue } from './i18n';
import { PAGES } from './pages';
import { SessionFrame } from './session';
import { Gate, Guarded, Shell } from './shell';
import { theme } from './theme';
import { Toasts } from './toast';

const Login = lazy(() => import('./pages/login'));
const Password = lazy(() => import('./pages/password'));
const Totp = lazy(() => import('./pages/totp'));
const Screen = lazy(() => import('./pages/screen'));
const Lost = lazy(() => import('./pages/lost'));

function queries(): QueryClient {
	return new QueryClient({
		defaultOptions: {
			queries: {
				staleTime: 15_000,
				refetchOnWindowFocus: true,
				// A "no" stays a "no"; only silence and a busy service are worth another try.
				retry: (n, error) => n < 2 && error instanceof Problem && (error.code === 'offline' || error.code === 'busy'),
			},
		},
	});
}

export function App() {
	const { lang } = useTongue();
	const [client] = useState(queries);
	useEffect(() => {
		dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
	}, [lang]);
	return (
		<ConfigProvider theme={theme} locale={lang === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }} wave={{ disabled: true }} virtual={false}>
			<QueryClientProvider client={client}>
				<Toasts>
					<SessionFrame>
						<Suspense fallback={<Waiting />}>
							<Routes>
								<Route path="/login" element={<Lone><Login /></Lone>} />
								<Route path="/password" element={<Gate bare><Lone><Password /></Lone></Gate>} />
								<Route path="/screen" element={<Gate bare><Guarded permission="read_reports"><Screen /></Guarded></Gate>} />
								<Route element={<Gate><Shell /></Gate>}>
									{PAGES.map(({ path, permission, Component }) => (
										<Route key={path} path={path} element={<Guarded permission={permission}><Component /></Guarded>} />
									))}
									<Route path="/totp" element={<Totp />} />
									<Route path="*" element={<Lost />} />
								</Route>
							</Routes>
						</Suspense>
					</SessionFrame>
				</Toasts>
			</QueryClientProvider>
		</ConfigProvider>
	);
}
