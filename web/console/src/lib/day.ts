// SPDX-License-Identifier: Apache-2.0
// Days are "2023-12-31"; instants come as RFC 3339 in China time and are shown as they came: a
// clerk whose computer stands in another zone must read the same clock as the office.
import { NONE } from './money';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isDay(text: string): boolean {
	const m = DAY.exec(text);
	if (!m) return false;
	const date = new Date(Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3])));
	return date.toISOString().slice(0, 10) === text;
}

/** "2023-12-01T10:03:22+08:00" → "2023-12-01 10:03". */
export function moment(instant: string | null | undefined): string {
	if (!instant) return NONE;
	return instant.slice(0, 16).replace('T', ' ');
}

export function clock(instant: string | null | undefined): string {
	return instant ? instant.slice(11, 16) : NONE;
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86400000);
}

export function addDays(day: string, n: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
}

/** Whole years at `on`. */
export function age(birth: string, on: string): number {
	const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
	return on.slice(5) < birth.slice(5) ? years - 1 : years;
}
