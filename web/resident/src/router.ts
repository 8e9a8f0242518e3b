// SPDX-License-Identifier: Apache-2.0
// Addresses of the page.  /order/NUMBER can be kept and opened again; the step of a wizard is the fragment.

export type Page = 'home' | 'people' | 'order' | 'register' | 'registration' | 'progress' | 'ticket' | 'ticket_state'
	| 'record' | 'lost';

export interface Place {
	page: Page;
	arg: string;
	/** 0 for the first. */
	step: number;
}

/** An address may also come as /#/order/NUMBER, where a server knows only the first page. */
export function plainAddress(hash: string): string | null {
	return /^#(?:\/[0-9A-Za-z_-]+)+$/.test(hash) ? hash.slice(1) : null;
}

const CODE = /^[0-9A-Za-z_-]{1,64}$/;

export function readPlace(path: string, hash: string): Place {
	const parts = path.split('/').filter(Boolean);
	const step = /^#[1-9]$/.test(hash) ? Number(hash.slice(1)) - 1 : 0;
	const arg = parts[1] || '';
	const place = (page: Page): Place => ({ page, arg, step });

	if (parts.length === 0) {
		return place('home');
	}
	if (parts.length === 1) {
		switch (parts[0]) {
		case 'people': return place('people');
		case 'register': return place('register');
		case 'progress': return place('progress');
		case 'ticket': return place('ticket');
		case 'record': return place('record');
		}
	}
	if (parts.length === 2) {
		if (parts[0] === 'register' && (arg === 'newborn' || arg === 'new')) {
			return place('register');
		}
		if (CODE.test(arg)) {
			switch (parts[0]) {
			case 'order': return place('order');
			case 'register': return place('registration');
			case 'ticket': return place('ticket_state');
			}
		}
	}
	return { page: 'lost', arg: '', step: 0 };
}
