import { describe, expect, it } from 'vitest';
import type { ContainerViewAnswer, EffectivePodAnswer, ProtocolLocation } from '../../../server/src/lsp/protocol.ts';
import { pageHtml, viewHtml } from '../../src/preview/container-html.ts';
import { moved } from '../../src/preview/moved.ts';
import { comparedText, effectiveText, messageText, placeText, writtenText } from '../../src/preview/shown-text.ts';
import { untranslated } from '../../src/translate.ts';

const at = (uri: string, line: number): ProtocolLocation => ({
  uri,
  range: { start: { line, character: 0 }, end: { line, character: 3 } },
});

const answer: EffectivePodAnswer = {
  version: 1,
  kind: 'Pod',
  name: 'web',
  namespace: '',
  location: at('file:///w/pod.yaml', 0),
  lines: [{ text: 'kind: Pod' }, { text: 'x: y', note: 'PodPreset "db"', location: at('file:///w/a%20b.yaml', 6) }],
  written: [{ text: 'kind: Pod', location: at('file:///w/pod.yaml', 1) }],
  notes: [
    { kind: 'note', message: 'One thing.' },
    { kind: 'conflict', message: `The other ${'word '.repeat(30)}thing.`, location: at('file:///w/a%20b.yaml', 6) },
  ],
};

describe('the text of the pod', () => {
  it('says on top what it is, and conflicts before all else, with a link to their place', () => {
    const { text, lines } = effectiveText(answer, ['presets', 'defaults'], untranslated);
    expect(text.split('\n').slice(0, 2)).toEqual([
      '# Pod web as it will run (presets, defaults)',
      expect.stringMatching(/^# CONFLICT: The other word/),
    ]);
    expect(text.endsWith('# Note: One thing.\nkind: Pod\nx: y\n')).toBe(true);
    expect(text.split('\n').every((line) => line.length <= 102)).toBe(true);
    const [linked, ...others] = lines.filter(({ link }) => link !== undefined);
    expect(linked?.text.slice(linked.link?.start, linked.link?.end)).toBe('a b.yaml:7');
    expect(others).toEqual([]);
    expect(lines).toHaveLength(text.split('\n').length - 1);
    expect(lines.at(-1)).toEqual(answer.lines[1]);
  });

  it('has no head in a comparison; the other side is the author’s', () => {
    expect(comparedText({ ...answer, notes: [] }, untranslated).text).toBe('kind: Pod\nx: y\n');
    expect(writtenText(answer)).toEqual({ text: 'kind: Pod\n', lines: answer.written });
    expect(effectiveText({ ...answer, name: '' }, [], untranslated).text).toMatch(/^# Pod as it is written\n/);
  });

  it('says that it is of the past, and then no more of where its lines come from', () => {
    const before = effectiveText({ ...answer, notes: [] }, ['presets'], untranslated);
    const { text, lines } = messageText('OUT OF DATE: wait.', before);
    expect(text).toBe(`# OUT OF DATE: wait.\n${before.text}`);
    expect(lines.some(({ note, location }) => note !== undefined || location !== undefined)).toBe(false);
    expect(messageText('There is none.', undefined).text).toBe('# There is none.\n');
  });

  it('names places by file and line', () => {
    expect(placeText(at('file:///w/a%20b.yaml', 6))).toBe('a b.yaml:7');
    expect(placeText(at('file:///w/100%.yaml', 0))).toBe('100%.yaml:1');
  });
});

describe('a place behind an edit', () => {
  const change = (from: [number, number], to: [number, number], text: string) => ({
    range: { start: { line: from[0], character: from[1] }, end: { line: to[0], character: to[1] } },
    text,
  });
  const place = { line: 5, character: 2 };

  it('stays before it, and moves with what is put in or taken out above', () => {
    expect(moved(place, change([6, 0], [9, 0], ''))).toEqual(place);
    expect(moved(place, change([5, 3], [5, 4], 'x\ny'))).toEqual(place);
    expect(moved(place, change([1, 0], [1, 0], 'a\nb\n'))).toEqual({ line: 7, character: 2 });
    expect(moved(place, change([1, 0], [3, 4], 'a'))).toEqual({ line: 3, character: 2 });
  });

  it('moves within its line, and off it', () => {
    expect(moved(place, change([5, 0], [5, 1], 'abc'))).toEqual({ line: 5, character: 4 });
    expect(moved(place, change([5, 2], [5, 2], 'a\r\nbc'))).toEqual({ line: 6, character: 2 });
    expect(moved(place, change([4, 1], [5, 1], ''))).toEqual({ line: 4, character: 2 });
  });

  it('goes to the start of what is replaced around it', () =>
    expect(moved(place, change([4, 1], [5, 9], 'new'))).toEqual({ line: 4, character: 1 }));
});

const hostile = '<img src=x onerror="alert(1)">\'&';

const view: ContainerViewAnswer = {
  version: 1,
  kind: 'Pod',
  name: hostile,
  location: at('file:///w/pod.yaml', 0),
  containers: [
    {
      name: hostile,
      init: false,
      variables: [
        {
          name: 'PASSWORD',
          value: { text: 'secret db/password', masked: true },
          source: 'Secret db, key password',
          note: 'PodPreset "db"',
          overrides: ['ConfigMap settings'],
          location: at('file:///w/secret.yaml', 4),
        },
        { name: hostile, value: { text: hostile, masked: false }, source: hostile, overrides: [] },
      ],
      mounts: [
        {
          path: '/etc/config',
          volume: 'config',
          what: 'ConfigMap app-config',
          readOnly: true,
          notes: [hostile],
          files: [
            { path: 'a/b', mode: '0644', source: 'key b', content: { text: 'deep', masked: false } },
            { path: 'driver', mode: '0644', source: 'key driver', content: { text: hostile, masked: false } },
          ],
          location: at('file:///w/pod.yaml', 9),
        },
        {
          path: '/one',
          volume: 'one',
          what: 'one key',
          readOnly: false,
          notes: [],
          files: [{ path: '', mode: '0400', source: 'key one', content: { text: 'x'.repeat(30_000), masked: false } }],
        },
        { path: '/cache', volume: 'cache', what: 'empty directory', readOnly: false, notes: [] },
      ],
      notes: [hostile],
    },
    { name: 'bare', init: true, variables: [], mounts: [], notes: [] },
  ],
};

describe('what the containers see, as a page', () => {
  const { html, places } = viewHtml(view, false, untranslated);

  it('shows nothing of a manifest as markup', () => {
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/="[^"]*onerror="/);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;');
  });

  it('has a table of variables with where they come from, and links by number', () => {
    expect(html).toContain('<td class="name">PASSWORD</td><td><code class="masked">secret db/password</code></td>');
    expect(html).toContain('<a href="#" data-place="0">Secret db, key password</a> <i>PodPreset &quot;db&quot;</i>');
    expect(html).toContain('<i>overrides ConfigMap settings</i>');
    expect(places).toEqual([at('file:///w/secret.yaml', 4), at('file:///w/pod.yaml', 9)]);
  });

  it('has a tree of files, folders first, that open to what they hold', () => {
    const plain = html.replace(/<(?!\/?details|pre)[^>]*>/g, '');
    expect(plain).toMatch(/\/etc\/config ConfigMap app-config read-only.*a\/.*b 0644 key b<pre>deep.*driver 0644/s);
    expect(html).toContain('<span class="path">/one</span> <span class="mode">0400</span>');
    expect(html).toContain('empty directory');
    expect(html.length).toBeLessThan(30_000);
    expect(html).toContain('Init container <b>bare</b></h2><h3>Environment</h3><p>Nothing is set.</p>');
  });

  it('offers to reveal what is masked, and to hide it again', () => {
    expect(html).toContain('<button data-reveal="true">Reveal secret values</button>');
    expect(viewHtml(view, true, untranslated).html).toContain(
      '<button data-reveal="false">Hide secret values</button>',
    );
    expect(viewHtml({ ...view, containers: view.containers.slice(1) }, false, untranslated).html).not.toContain(
      '<button',
    );
  });

  it('goes into a page that loads nothing and runs its own script alone', () => {
    const page = pageHtml('abc', 'vscode-resource:', 'en');
    expect(page).toContain("default-src 'none'; style-src vscode-resource: 'nonce-abc'; script-src 'nonce-abc'");
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script nonce="abc">']);
  });
});
