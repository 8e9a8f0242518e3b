// SPDX-License-Identifier: Apache-2.0
// What all pages share, and the few ways to change it.

import { useLayoutEffect, useState } from 'preact/hooks';
import { api, ApiError, speakEnglish } from './api';
import { Draft, sessionShelf } from './base/drafts';
import { hush } from './base/speech';
import { type Fill, type Key, type Lang, words } from './i18n';
import { plainAddress, readPlace, type Place } from './router';
import type { EvidenceKind, RegistrationKind, Season, TicketKind, Visit } from './types';

export interface Shared {
	lang: Lang;
	elder: boolean;
	place: Place;
	season: Season | null;
	seasonError: ApiError | null;
	visit: Visit | null;
	/** Not yet known whether a visit of an earlier load goes on. */
	visitPending: boolean;
	/** Said once at the top of a page. */
	notice: string;
}

export const shelf = sessionShelf();

function preference(name: string): string | null {
	try {
		return window.localStorage.getItem(`canbao.${name}`);
	} catch (e) {
		return null;
	}
}

function prefer(name: string, value: string): void {
	try {
		window.localStorage.setItem(`canbao.${name}`, value);
	} catch (e) {
		// Not remembered; the choice holds for this page.
	}
}

function straighten(): void {
	const plain = plainAddress(window.location.hash);

	if (plain) {
		window.history.replaceState(null, '', plain);
	}
}

straighten();

export let shared: Shared = {
	lang: preference('lang') === 'en' ? 'en' : 'zh',
	elder: preference('elder') === '1',
	place: readPlace(window.location.pathname, window.location.hash),
	season: null,
	seasonError: null,
	visit: null,
	visitPending: shelf.getItem('visit') === '1',
	notice: '',
};

const listeners = new Set<() => void>();

function change(part: Partial<Shared>): void {
	shared = Object.assign({}, shared, part);
	listeners.forEach((fn) => fn());
}

export function useShared(): Shared {
	const [drawn, again] = useState(shared);

	// In the layout phase, and with a second look: an answer may come between drawing and listening.
	useLayoutEffect(() => {
		const fn = () => again(shared);

		listeners.add(fn);
		if (drawn !== shared) {
			fn();
		}
		return () => void listeners.delete(fn);
	}, []);
	return shared;
}

export function t(key: Key, fill?: Fill): string {
	return words(shared.lang, key, fill);
}

/** A sentence for a failure, in the resident's language. */
export function sayError(e: unknown): string {
	const err = e instanceof ApiError ? e : new ApiError('slow');

	if (err.trouble === 'offline') {
		return t('err.offline');
	}
	if (err.trouble === 'slow') {
		return t('err.slow');
	}
	const own = shared.lang === 'zh' ? err.zh : err.en;
	if (err.code === 'rate') {
		return t('err.rate');
	}
	if (err.code === 'visit') {
		return t('err.visit');
	}
	if (err.status >= 500 || !own) {
		return `${t('err.server')}${err.requestId ? ` ${t('err.id', { id: err.requestId })}` : ''}`;
	}
	if (err.fields.length === 1) {
		return shared.lang === 'zh' ? err.fields[0].zh : err.fields[0].en;
	}
	return own;
}

/** The field problems by field. */
export function fieldErrors(e: unknown): Record<string, string> {
	const out: Record<string, string> = {};

	if (e instanceof ApiError) {
		e.fields.forEach((f) => {
			out[f.field] = shared.lang === 'zh' ? f.zh : f.en;
		});
	}
	return out;
}

// ---- drafts: what is typed and not sent ----

export const lookup = new Draft('lookup', () => ({ policy: '', name: '', number: '' }), ['policy'], shelf);
export const family = new Draft('family', () => ({ name: '', number: '' }), [], shelf);
export const paying = new Draft('pay', () => ({ left: [] as number[], channel: '' }), ['left', 'channel'], shelf);
export interface KeptPaper {
	kind: EvidenceKind;
	code: string;
}
export const registering = new Draft('registration', () => ({
	kind: '' as RegistrationKind | '', name: '', number: '', sex: 0, birth: '', town: '', village: '',
	registered: '' as '' | 'yes' | 'no', phone: '', papers: [] as KeptPaper[],
}), ['kind', 'sex', 'birth', 'town', 'village', 'registered', 'papers'], shelf);
export const reporting = new Draft('ticket', () => ({
	kind: '' as TicketKind | '', person: '', town: '', text: '', phone: '',
}), ['kind', 'person', 'town', 'text'], shelf);

// ---- moving about ----

function arrive(): void {
	straighten();
	hush();
	change({ place: readPlace(window.location.pathname, window.location.hash), notice: '' });
}

export function go(path: string, notice = ''): void {
	if (window.location.pathname + window.location.hash !== path) {
		window.history.pushState(null, '', path);
	}
	arrive();
	if (notice) {
		change({ notice });
	}
}

export function goStep(step: number): void {
	go(`${window.location.pathname}${step > 0 ? `#${step + 1}` : ''}`);
}

window.addEventListener('popstate', arrive);
window.addEventListener('hashchange', arrive);

// ---- language and mode ----

function dress(): void {
	const root = document.documentElement;

	root.lang = shared.lang === 'zh' ? 'zh-CN' : 'en';
	root.classList.toggle('elder', shared.elder);
	speakEnglish(shared.lang === 'en');
}

export function setLang(lang: Lang): void {
	hush();
	prefer('lang', lang);
	change({ lang });
	dress();
}

export function setElder(elder: boolean): void {
	hush();
	prefer('elder', elder ? '1' : '0');
	change({ elder });
	dress();
}

// ---- season and visit ----

let asking: Promise<Season> | null = null;

/** The season: as known, or when the answer under way has come, or asked for again. */
export function needSeason(): Promise<Season> {
	if (shared.season) {
		return Promise.resolve(shared.season);
	}
	if (!asking) {
		change({ seasonError: null });
		asking = api.season().then((season) => {
			change({ season });
			return season;
		}, (e: ApiError) => {
			asking = null;
			change({ seasonError: e });
			throw e;
		});
	}
	return asking;
}

export function loadSeason(): void {
	needSeason().catch(() => undefined);
}

export function keepVisit(visit: Visit | null): void {
	if (visit) {
		shelf.setItem('visit', '1');
	} else {
		shelf.removeItem('visit');
	}
	change({ visit, visitPending: false });
}

export async function loadVisit(): Promise<void> {
	try {
		keepVisit(await api.visit());
	} catch (e) {
		if ((e as ApiError).code === 'visit') {
			keepVisit(null);
		} else {
			change({ visitPending: false });
			throw e;
		}
	}
}

/** A visit has run out: say so where it can be begun again.  True when that was the trouble. */
export function visitOver(e: unknown): boolean {
	if (e instanceof ApiError && e.code === 'visit') {
		keepVisit(null);
		go('/', t('err.visit'));
		return true;
	}
	return false;
}

/** Leave nothing behind on this phone. */
export async function leave(): Promise<void> {
	[lookup, family, paying, registering, reporting].forEach((d) => d.clear());
	shelf.removeItem('order');
	keepVisit(null);
	go('/');
	try {
		await api.visitClose();
	} catch (e) {
		// The cookie ends by itself; the page holds nothing any more.
	}
}

export function begin(): void {
	dress();
	loadSeason();
	if (shared.visitPending) {
		loadVisit().catch(() => undefined);
	}
}
