// SPDX-License-Identifier: Apache-2.0
import { zh, type Key } from './zh';
import { en } from './en';

export type Lang = 'zh' | 'en';
export type { Key } from './zh';

const WORDS: Record<Lang, Record<Key, string>> = { zh, en };

export type Fill = Record<string, string | number>;

export function words(lang: Lang, key: Key, fill?: Fill): string {
	const text = WORDS[lang][key];

	return fill ? text.replace(/\{(\w+)\}/g, (all, name: string) => (name in fill ? String(fill[name]) : all)) : text;
}

/** The API's own pair of languages. */
export function pick(lang: Lang, zhText: string | null | undefined, enText: string | null | undefined): string {
	return (lang === 'zh' ? zhText || enText : enText || zhText) || '';
}
