// SPDX-License-Identifier: Apache-2.0
// Asking again, politely: 2 s, then slower up to 10 s; not while the page is hidden; not for ever.

export const FIRST_MS = 2000;
export const LAST_MS = 10000;

export function nextDelay(asked: number): number {
	return Math.min(LAST_MS, Math.round(FIRST_MS * Math.pow(1.25, asked)));
}

export interface Clock {
	now(): number;
	later(fn: () => void, ms: number): number;
	cancel(id: number): void;
}

export const realClock: Clock = {
	now: () => Date.now(),
	later: (fn, ms) => window.setTimeout(fn, ms),
	cancel: (id) => window.clearTimeout(id),
};

export type PollState = 'asking' | 'waiting' | 'paused' | 'over';

/** `ask` answers true when there is nothing more to wait for.  A failed ask is asked again. */
export class Poller {
	state: PollState = 'waiting';
	private asked = 0;
	private timer = 0;
	private hidden = false;
	/** Answered, or stopped for good; otherwise `over` only means that the term ran out. */
	private finished = false;
	private until: number;

	constructor(
		private readonly ask: () => Promise<boolean>,
		private readonly lastsMs: number,
		private readonly clock: Clock,
		private readonly changed: () => void = () => undefined,
	) {
		this.until = clock.now() + lastsMs;
	}

	start(): void {
		this.wait(nextDelay(0));
	}

	/** The page went to the background, or came back. */
	hide(hidden: boolean): void {
		this.hidden = hidden;
		if (hidden && this.state === 'waiting') {
			this.clock.cancel(this.timer);
			this.set('paused');
		} else if (!hidden && this.state === 'paused') {
			void this.now();
		} else if (!hidden && this.state === 'over') {
			void this.again();
		}
	}

	/** Ask at once, also after it had given up; begins a new term. */
	async again(): Promise<void> {
		if (this.finished) {
			return;
		}
		this.until = this.clock.now() + this.lastsMs;
		this.asked = 0;
		await this.now();
	}

	stop(): void {
		this.finished = true;
		this.clock.cancel(this.timer);
		this.set('over');
	}

	private async now(): Promise<void> {
		if (this.state === 'asking') {
			return;
		}
		this.clock.cancel(this.timer);
		this.set('asking');
		this.asked++;
		let done = false;
		try {
			done = await this.ask();
		} catch (e) {
			done = false;
		}
		if (this.finished) {
			return;
		}
		this.finished = done;
		if (done || this.clock.now() >= this.until) {
			this.set('over');
		} else if (this.hidden) {
			this.set('paused');
		} else {
			this.wait(nextDelay(this.asked));
		}
	}

	private wait(ms: number): void {
		this.set('waiting');
		this.timer = this.clock.later(() => void this.now(), ms);
	}

	private set(s: PollState): void {
		if (this.state !== s) {
			this.state = s;
			this.changed();
		}
	}
}
