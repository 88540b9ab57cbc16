import { mount } from 'svelte';
import App from './App.svelte';
import Problem from './components/Problem.svelte';
import { readDocument } from './document/read';
import './styles/base.css';
import './styles/page.css';
import './styles/blocks.css';
import './styles/modes.css';

const target = document.getElementById('app')!;
const reading = readDocument(document.getElementById('peercap-document')?.textContent ?? 'null');
if ('document' in reading) mount(App, { target, props: { report: reading.document } });
else mount(Problem, { target, props: reading });
