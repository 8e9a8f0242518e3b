// SPDX-License-Identifier: Apache-2.0
import { render } from 'preact';
import { App } from './app';
import { begin } from './store';

const root = document.getElementById('app');

if (root) {
	root.textContent = '';
	begin();
	render(<App />, root);
}
