// SPDX-License-Identifier: Apache-2.0
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import './app.css';
import { App } from './app';
import { Language } from './i18n';

createRoot(document.getElementById('root')!).render(
	<StrictMode>
		<Language>
			<BrowserRouter basename="/console">
				<App />
			</BrowserRouter>
		</Language>
	</StrictMode>,
);
