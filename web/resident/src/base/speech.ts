// SPDX-License-Identifier: Apache-2.0
// Reading aloud, where the browser can.

import type { Lang } from '../i18n';
import { said } from './money';

export function canSpeak(): boolean {
	return typeof window !== 'undefined' && 'speechSynthesis' in window && typeof SpeechSynthesisUtterance === 'function';
}

/** The words of a page as an ear wants them: amounts as money, no asterisks of masked numbers, pauses at the lines. */
export function spoken(text: string, lang: Lang): string {
	let out = text.replace(/[0-9A-Z]*\*{2,}[0-9A-Z]*/gi, ' ').replace(/\*/g, lang === 'zh' ? '某' : ' ');

	if (lang === 'zh') {
		out = out.replace(/([-\u2212]?)(\d+)\.(\d{2})\s*元/g, (_all, minus: string, whole: string, cents: string) => {
			const fen = Number(whole) * 100 + Number(cents);

			return minus ? `减${said(fen)}` : said(fen);
		});
	}
	return out.split(/\n+/).map((s) => s.trim()).filter(Boolean).join(lang === 'zh' ? '。' : '. ')
		.replace(/([。！？，：；.!?])[。.]/g, '$1').replace(/[ \t]+/g, ' ');
}

export function speak(text: string, lang: Lang, ended: () => void): void {
	const u = new SpeechSynthesisUtterance(spoken(text, lang));

	u.lang = lang === 'zh' ? 'zh-CN' : 'en-GB';
	u.rate = 0.9;
	u.onend = ended;
	u.onerror = ended;
	window.speechSynthesis.cancel();
	window.speechSynthesis.speak(u);
}

export function hush(): void {
	if (canSpeak()) {
		window.speechSynthesis.cancel();
	}
}
