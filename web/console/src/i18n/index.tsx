// SPDX-License-Identifier: Apache-2.0
// Two languages, side by side in the source: t('收款', 'Money').  A word cannot exist in one
// language only, because there is no second file to forget; a test looks for Chinese outside t().
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export type Lang = 'zh' | 'en';
export type Say = (zh: string, en: string) => string;
export interface Pair {
	zh: string;
	en: string;
}

const KEY = 'canbao.lang';

interface Tongue {
	lang: Lang;
	t: Say;
	/** Of something that carries both. */
	of: (pair: Pair | null | undefined) => string;
	/** Of fields like reason_zh and reason_en; what is missing in one is taken from the other. */
	pick: (zh: string | null | undefined, en: string | null | undefined) => string;
	setLang: (lang: Lang) => void;
}

const Context = createContext<Tongue | null>(null);

function remembered(): Lang {
	try {
		return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
	} catch {
		return 'zh';
	}
}

export function Language({ children }: { children: ReactNode }) {
	const [lang, set] = useState<Lang>(remembered);
	useEffect(() => {
		document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
	}, [lang]);
	const setLang = useCallback((next: Lang) => {
		set(next);
		try {
			localStorage.setItem(KEY, next);
		} catch {
			/* forgotten at the next visit, nothing worse */
		}
	}, []);
	const value = useMemo<Tongue>(
		() => ({
			lang,
			t: (zh, en) => (lang === 'zh' ? zh : en),
			of: (pair) => (pair ? pair[lang] : ''),
			pick: (zh, en) => (lang === 'zh' ? zh || en : en || zh) ?? '',
			setLang,
		}),
		[lang, setLang],
	);
	return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useTongue(): Tongue {
	const tongue = useContext(Context);
	if (!tongue) throw new Error('outside <Language>');
	return tongue;
}

export function useT(): Say {
	return useTongue().t;
}
