// SPDX-License-Identifier: Apache-2.0
import { useTongue } from '../i18n';

export function TongueButton({ className }: { className: string }) {
	const { lang, setLang } = useTongue();
	const other = lang === 'zh' ? 'en' : 'zh';
	return (
		<button type="button" className={className} lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLang(other)}>
			{TONGUES[other]}
		</button>
	);
}

/** Each language by its own name, whichever is shown. */
const TONGUES = { zh: '中文', en: 'English' };
