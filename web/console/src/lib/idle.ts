// SPDX-License-Identifier: Apache-2.0
// A desk that somebody walked away from must log itself out: pages renew themselves only while a
// human being is there, and shortly before the session ends they are asked.
import { useEffect, useState } from 'react';
import { lastCall } from '../api/client';

const AWAY = 5 * 60_000;
let lastInput = Date.now();

for (const event of ['pointerdown', 'keydown', 'wheel'])
	globalThis.addEventListener?.(event, () => {
		lastInput = Date.now();
	}, { passive: true });

/** For refetchInterval: renew every so many milliseconds, but not in front of an empty chair. */
export function useRenewal(every: number): number | false {
	const [present, setPresent] = useState(true);
	useEffect(() => {
		const look = () => setPresent(Date.now() - lastInput < AWAY);
		const timer = setInterval(look, 15_000);
		for (const event of ['pointerdown', 'keydown']) window.addEventListener(event, look);
		return () => {
			clearInterval(timer);
			for (const event of ['pointerdown', 'keydown']) window.removeEventListener(event, look);
		};
	}, []);
	return present ? every : false;
}

/** Seconds until the session ends without another request, once less than `warn` are left. */
export function useIdleEnd(idleSeconds: number, warn: number): number | null {
	const [left, setLeft] = useState<number | null>(null);
	useEffect(() => {
		const timer = setInterval(() => {
			const rest = Math.round(idleSeconds - (Date.now() - lastCall()) / 1000);
			setLeft(rest <= warn ? Math.max(0, rest) : null);
		}, 1000);
		return () => clearInterval(timer);
	}, [idleSeconds, warn]);
	return left;
}
