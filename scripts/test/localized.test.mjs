import ts from 'typescript';
import { expect, it } from 'vitest';
import { localized, read } from '../lib/localized.mjs';

function readText(text) {
  const strings = new Set();
  const faults = [];
  read(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true), strings, faults);
  return { strings: [...strings], faults: faults.map((fault) => fault.replace(/: .*/, '')) };
}

it('the client shows nothing that can’t be translated', () => expect(localized().faults).toEqual([]));

it('strings are found wherever they are shown', () =>
  expect(readText("f(vscode.l10n.t('One {0}', x), { title: vscode.l10n.t(`Two`) });")).toEqual({
    strings: ['One {0}', 'Two'],
    faults: [],
  }));

it.each([
  ["vscode.window.showErrorMessage('It went wrong.');"],
  ['vscode.window.showErrorMessage(`${file} went wrong.`);'],
  ["pick(items, { placeHolder: 'What to insert' });"],
  ['vscode.l10n.t(message);'],
  ['vscode.l10n.t(`Hello ${name}`);'],
])('%s is a fault', (text) => expect(readText(text)).toEqual({ strings: [], faults: ['client/src/a.ts:1'] }));

it.each([["item.name = 'Podwire';"], ["({ label: 'Deployment' });"], ['({ label: `${kind}/${name}` });']])(
  '%s is none',
  (text) => expect(readText(text).faults).toEqual([]),
);
