// SPDX-License-Identifier: Apache-2.0
// Our own line icons, 24 by 24, drawn with the colour of the text.

const PATHS = {
	tick: 'M5 12.5l4.5 4.5L19 7.5',
	ring_tick: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.3l2.8 2.8L16 9.5',
	ring_stop: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5v5.5M12 16.2v.3',
	ring_ask: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7M12 16.5v.2',
	ring_yuan: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.8 7.8L12 12l3.2-4.2M12 12v5M9.3 12.4h5.4M9.3 14.7h5.4',
	warn: 'M12 4L2.8 20h18.4L12 4zM12 10v4.5M12 17.2v.2',
	info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.2',
	right: 'M9 5l7 7-7 7',
	left: 'M15 5l-7 7 7 7',
	down: 'M5 9l7 7 7-7',
	up: 'M5 15l7-7 7 7',
	sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5H4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
	quiet: 'M7 7h10v10H7z',
	baby: 'M12 4a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM9.3 10.5v.2M14.7 10.5v.2M9.3 14c1.5 1.7 3.9 1.7 5.4 0M12 4c-1.3.8-1.2 2.6.3 3',
	person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
	people: 'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.5-3.5 3-5.3 6.5-5.3s6 1.8 6.5 5.3M16 5.3a3.3 3.3 0 0 1 0 6.4M18 14.6c2 .7 3.2 2.3 3.5 4.9',
	search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5',
	note: 'M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3.5',
	pen: 'M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19 4 20zM13.5 7l3.5 3.5',
	camera: 'M3.5 8h4l1.5-2.5h6L16.5 8h4v11h-17zM12 10a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z',
	file: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4M12 18v-6M9.5 14.3L12 11.8l2.5 2.5',
	plus: 'M12 5v14M5 12h14',
	cross: 'M6 6l12 12M18 6L6 18',
	clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2.5',
	out: 'M10 4H5v16h5M14.5 8l4 4-4 4M18 12H9.5',
	phone: 'M7.5 3h9v18h-9zM11 18h2',
	down_to: 'M12 4v11M7.5 11l4.5 4.5L16.5 11M5 20h14',
	eye: 'M2.5 12C5 8 8.3 6 12 6s7 2 9.5 6c-2.5 4-5.8 6-9.5 6s-7-2-9.5-6zM12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z',
};

export type IconName = keyof typeof PATHS;

export function Icon({ name, big }: { name: IconName; big?: boolean }) {
	return (
		<svg class={big ? 'icon icon-big' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
			<path d={PATHS[name]} />
		</svg>
	);
}

/** The mark of the service: a shield that holds a hand-drawn 人. */
export function Mark() {
	return (
		<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
			<path class="mark-field" d="M16 2l12 4v10c0 7-5 12-12 14C9 28 4 23 4 16V6z" />
			<path class="mark-line" d="M16 9c0 6-2.5 10-6.5 12.5M15.7 13c1.5 4 3.5 6.7 6.8 8.5" />
		</svg>
	);
}
