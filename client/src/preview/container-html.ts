import type {
  ContainerViewAnswer,
  ViewedContainer,
  ViewedFile,
  ViewedMount,
  ViewedValue,
  ViewedVariable,
} from '../../../server/src/lsp/protocol.ts';
import type { Translate } from '../translate.ts';
import { titleOf } from './shown-text.ts';

/** What the page shows, as HTML, and the places that its links lead to, by their `data-place`. */
export interface ViewHtml {
  readonly html: string;
  readonly places: readonly NonNullable<ViewedVariable['location']>[];
}

/** A table of the environment and a tree of the files for each container. All texts of manifests are escaped. */
export function viewHtml(view: ContainerViewAnswer, revealed: boolean, t: Translate): ViewHtml {
  const places: NonNullable<ViewedVariable['location']>[] = [];
  const link = (text: string, location: ViewedVariable['location']): string => {
    if (!location) return escaped(text);
    places.push(location);
    return `<a href="#" data-place="${places.length - 1}">${escaped(text)}</a>`;
  };
  const masked = view.containers.some(isMasked);
  const button =
    masked || revealed
      ? `<button data-reveal="${!revealed}">${escaped(revealed ? t('Hide secret values') : t('Reveal secret values'))}</button>`
      : '';
  const head = `<header><h1>${escaped(titleOf(view))}</h1>${button}</header>`;
  return { html: head + view.containers.map((container) => containerHtml(container, link, t)).join(''), places };
}

/** The page that `viewHtml` goes into, message by message. */
export function pageHtml(nonce: string, cspSource: string, language: string): string {
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource} 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main></main>
<script nonce="${nonce}">${script}</script>
</body>
</html>`;
}

type Link = (text: string, location: ViewedVariable['location']) => string;

const isMasked = ({ variables, mounts }: ViewedContainer): boolean =>
  variables.some(({ value }) => value.masked) ||
  mounts.some(({ files }) => files?.some(({ content }) => content.masked) === true);

function containerHtml(container: ViewedContainer, link: Link, t: Translate): string {
  const what = escaped(container.init ? t('Init container') : t('Container'));
  const notes = container.notes.map((note) => `<p class="note">${escaped(note)}</p>`).join('');
  return `<section><h2>${what} <b>${escaped(container.name)}</b></h2>${environment(container, link, t)}${filesHtml(container, link, t)}${notes}</section>`;
}

function environment({ variables }: ViewedContainer, link: Link, t: Translate): string {
  const head = `<h3>${escaped(t('Environment'))}</h3>`;
  if (variables.length === 0) return `${head}<p>${escaped(t('Nothing is set.'))}</p>`;
  const rows = variables.map((variable) => {
    const more = [variable.note, ...variable.overrides.map((one) => t('overrides {0}', one))].filter(
      (text) => text !== undefined,
    );
    const from = `${link(variable.source, variable.location)}${more.map((text) => ` <i>${escaped(text)}</i>`).join('')}`;
    return `<tr><td class="name">${escaped(variable.name)}</td><td>${valueHtml(variable.value)}</td><td>${from}</td></tr>`;
  });
  const columns = [t('Name'), t('Value'), t('From')].map((column) => `<th>${escaped(column)}</th>`);
  return `${head}<table><thead><tr>${columns.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const valueHtml = ({ text, masked }: ViewedValue): string =>
  `<code${masked ? ' class="masked"' : ''}>${text === '' ? '""' : escaped(text)}</code>`;

function filesHtml({ name, mounts }: ViewedContainer, link: Link, t: Translate): string {
  const head = `<h3>${escaped(t('Files'))}</h3>`;
  if (mounts.length === 0) return `${head}<p>${escaped(t('Nothing is mounted.'))}</p>`;
  return `${head}<ul class="tree">${mounts.map((mount) => mountHtml(name, mount, link, t)).join('')}</ul>`;
}

function mountHtml(container: string, mount: ViewedMount, link: Link, t: Translate): string {
  const [single] = mount.files?.length === 1 ? mount.files : [];
  const isFile = single?.path === '';
  const readOnly = mount.readOnly ? ` <span class="tag">${escaped(t('read-only'))}</span>` : '';
  const note = mount.note === undefined ? '' : ` <i>${escaped(mount.note)}</i>`;
  const notes = mount.notes.map((text) => `<li class="note">${escaped(text)}</li>`).join('');
  if (single && isFile)
    return `${fileHtml(`${container} ${mount.path}`, mount.path, single, link, readOnly + note)}${notes}`;
  const inner = treeOf(mount.files ?? []);
  const head = `<span class="path">${escaped(mount.path)}</span> ${link(mount.what, mount.location)}${readOnly}${note}`;
  return `<li>${head}<ul>${folderHtml(`${container} ${mount.path}`, inner, link)}${notes}</ul></li>`;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: Map<string, ViewedFile>;
}

function treeOf(files: readonly ViewedFile[]): Folder {
  const root: Folder = { folders: new Map(), files: new Map() };
  for (const file of files) {
    const parts = file.path.split('/').filter((part) => part !== '');
    const name = parts.pop();
    if (name === undefined) continue;
    let folder = root;
    for (const part of parts) {
      const next = folder.folders.get(part) ?? { folders: new Map(), files: new Map() };
      folder.folders.set(part, next);
      folder = next;
    }
    // Of two sources of one path the last one is there.
    folder.files.set(name, file);
  }
  return root;
}

function folderHtml(key: string, { folders, files }: Folder, link: Link): string {
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
  const inner = [...folders]
    .sort(byName)
    .map(
      ([name, folder]) =>
        `<li><span class="path">${escaped(name)}/</span><ul>${folderHtml(`${key}/${name}`, folder, link)}</ul></li>`,
    );
  const own = [...files].sort(byName).map(([name, file]) => fileHtml(`${key}/${name}`, name, file, link, ''));
  return [...inner, ...own].join('');
}

/** A file opens to what it holds. */
function fileHtml(key: string, name: string, file: ViewedFile, link: Link, more: string): string {
  const head = `<span class="path">${escaped(name)}</span> <span class="mode">${escaped(file.mode)}</span> ${link(file.source, file.location)}${more}`;
  return `<li><details data-key="${escaped(key)}"><summary>${head}</summary><pre${file.content.masked ? ' class="masked"' : ''}>${escaped(cut(file.content.text))}</pre></details></li>`;
}

/** A page is no place for a megabyte. */
const cut = (text: string): string => (text.length > 20_000 ? `${text.slice(0, 20_000)}\n…` : text);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const style = `
body { font-family: var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 1.2em 2em; }
header { display: flex; align-items: baseline; gap: 1em; }
h1 { font-size: 1.3em; font-weight: 600; }
h2 { font-size: 1.1em; font-weight: 400; margin: 1.6em 0 0.4em; border-bottom: 1px solid var(--vscode-panel-border); padding-bottom: 0.3em; }
h3 { font-size: 0.9em; font-weight: 600; margin: 1em 0 0.3em; opacity: 0.8; }
table { border-collapse: collapse; }
th { text-align: left; font-weight: 400; opacity: 0.6; }
th, td { padding: 0.15em 1.4em 0.15em 0; vertical-align: top; }
.name, .path, code, pre, .mode { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
code, pre { color: var(--vscode-textPreformat-foreground); background: none; padding: 0; white-space: pre-wrap; overflow-wrap: break-word; }
pre { margin: 0.2em 0 0.6em 1.2em; padding: 0.4em 0.8em; border-left: 2px solid var(--vscode-panel-border); }
.masked { font-style: italic; opacity: 0.7; }
ul { list-style: none; margin: 0; padding-left: 1.4em; }
ul.tree { padding-left: 0; }
li { margin: 0.15em 0; }
summary { cursor: pointer; }
i, .mode, .note { opacity: 0.7; }
.note { color: var(--vscode-editorWarning-foreground); }
.tag { font-size: 0.85em; padding: 0 0.5em; border-radius: 0.6em; background: var(--vscode-badge-background); color: var(--vscode-badge-foreground); }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover { text-decoration: underline; }
button { border: 1px solid var(--vscode-contrastBorder, transparent); padding: 0.3em 0.9em; cursor: pointer; color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
`;

/** Files that are open stay open when the view is brought up to date. Nothing is kept: a value that was shown goes with the page. */
const script = `
const host = acquireVsCodeApi();
const main = document.querySelector('main');
addEventListener('message', ({ data }) => {
  const open = new Set(Array.from(main.querySelectorAll('details[open]'), (one) => one.dataset.key));
  main.innerHTML = data.html;
  for (const one of main.querySelectorAll('details')) if (open.has(one.dataset.key)) one.open = true;
});
addEventListener('click', (event) => {
  const place = event.target.closest('[data-place]');
  const reveal = event.target.closest('[data-reveal]');
  if (place) {
    event.preventDefault();
    host.postMessage({ place: Number(place.dataset.place) });
  } else if (reveal) host.postMessage({ reveal: reveal.dataset.reveal === 'true' });
});
host.postMessage({ ready: true });
`;
