import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/engine.ts';
import { open, parseFixture, placesOf } from '../fixture.ts';
import { pod, preset } from './preset-texts.ts';

/** The text of a file with its hints in it, in angle brackets, and where their parts lead. */
function hinted(
  text: string,
  settings: Partial<Settings> = { kubernetesVersion: '1.19' },
  name = 'pod.yaml',
): { readonly lines: string[]; readonly leads: string[] } {
  const { snapshot } = open(parseFixture(text), settings);
  const uri = `file:///w/${name}`;
  const content = snapshot.text(uri) ?? '';
  const hints = snapshot.inlayHints(uri, { start: 0, end: content.length });
  let shown = '';
  let at = 0;
  for (const { offset, parts } of hints) {
    shown += `${content.slice(at, offset)} <${parts.map((part) => part.text).join('')}>`;
    at = offset;
  }
  shown += content.slice(at);
  const leads = hints.flatMap(({ parts }) => parts.flatMap(({ location }) => location ?? []));
  return { lines: shown.split('\n').filter((line) => line.includes('<')), leads: placesOf(snapshot, leads) };
}

const injected = `  env:
    - { name: PORT, value: "1" }
    - { name: HOST, value: db }
  volumeMounts:
    - { name: cache, mountPath: /cache }
  volumes:
    - { name: cache, emptyDir: {} }
`;

describe('what presets add', () => {
  it('stands behind the lists that it goes into, with a way to it', () => {
    const own = `      env:
        - { name: MODE, value: fast }
      volumeMounts:
        - { name: data, mountPath: /data }
  volumes: # all of them
    - { name: data, emptyDir: {} }
`;
    const { lines, leads } = hinted(
      `# file: preset.yaml\n${preset('db', injected)}# file: pod.yaml\n${pod('web', own)}`,
    );
    expect(lines).toEqual([
      '      env: <+ 2 from db>',
      '      volumeMounts: <+ 1 from db>',
      '  volumes: <+ 1 from db> # all of them',
    ]);
    expect(leads.map((lead) => lead.split(' ', 1)[0])).toEqual(['preset.yaml:8', 'preset.yaml:11', 'preset.yaml:13']);
  });

  it('stands behind the container’s name, and behind spec, where there are no such lists yet', () => {
    expect(hinted(`# file: preset.yaml\n${preset('db', injected)}# file: pod.yaml\n${pod('web')}`).lines).toEqual([
      'spec: <+ 1 volumes from db>',
      '    - name: web <+ 2 env from db, 1 volumeMounts from db>',
    ]);
  });

  it('is told preset by preset, in every container of a template', () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { role: frontend } }
  template:
    metadata: { labels: { role: frontend } }
    spec:
      initContainers:
        - name: first
          image: busybox:1
          env: [{ name: MODE, value: fast }]
      containers:
        - name: web
          image: nginx:1.27
          env: []
`;
    const one = preset('one', '  env: [{ name: PORT, value: "1" }]\n');
    const two = preset('two', '  env: [{ name: PORT, value: "1" }, { name: HOST, value: db }]\n');
    expect(hinted(`# file: presets.yaml\n${one}---\n${two}# file: pod.yaml\n${deployment}`).lines).toEqual([
      '          env: <+ 1 from one, 1 from two> [{ name: MODE, value: fast }]',
      '          env: <+ 1 from one, 1 from two> []',
    ]);
  });

  it('is nothing where presets conflict, and says so where they are of the past', () => {
    const files = `# file: preset.yaml\n${preset('db', '  env: [{ name: PORT, value: "1" }]\n')}# file: pod.yaml\n`;
    expect(hinted(`${files}${pod('web', '      env: [{ name: PORT, value: "2" }]\n')}`).lines).toEqual([]);
    expect(hinted(`${files}${pod('web', '      env:\n')}`, { kubernetesVersion: '1.36' }).lines).toEqual([
      '      env: <+ 1 from db until 1.19>',
    ]);
    expect(hinted(`${files}${pod('web')}`, { inlayHints: { presets: false } }).lines).toEqual([]);
  });

  it('is looked up for what is in sight alone', () => {
    const { snapshot } = open(
      parseFixture(`# file: preset.yaml\n${preset('db', injected)}# file: pod.yaml\n${pod('one')}---\n${pod('two')}`),
      {},
    );
    const text = snapshot.text('file:///w/pod.yaml') ?? '';
    const border = text.indexOf('---');
    const hints = snapshot.inlayHints('file:///w/pod.yaml', { start: 0, end: border });
    expect(hints.map(({ offset }) => offset < border)).toEqual([true, true]);
  });
});

describe('a port that is called by its name', () => {
  const web = `apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec:
  containers:
    - name: web
      image: web:1
      ports:
        - { name: admin, containerPort: 9000 }
        - containerPort: 8080
          name: http
      readinessProbe: { httpGet: { path: /, port: http } }
`;
  const service = (target: string): string => `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - { name: plain, port: 80, targetPort: ${target} }
`;

  it('has its number behind it, with a way to it', () => {
    const files = `# file: pod.yaml\n${web}# file: service.yaml\n${service('http')}`;
    expect(hinted(files, {}, 'service.yaml')).toEqual({
      lines: ['    - { name: plain, port: 80, targetPort: http <→ 8080> }'],
      leads: ['pod.yaml:10 8080'],
    });
    expect(hinted(files).lines).toEqual(['      readinessProbe: { httpGet: { path: /, port: http <→ 8080> } }']);
    expect(hinted(files, { inlayHints: { ports: false } }).lines).toEqual([]);
  });

  it('has all of them where the selected pods differ, and none where it leads nowhere or is a number', () => {
    const other = web.replaceAll('web', 'other').replace('app: other', 'app: web').replace('8080', '8081');
    const all = (target: string): string[] =>
      hinted(`# file: pod.yaml\n${web}---\n${other}# file: service.yaml\n${service(target)}`, {}, 'service.yaml').lines;
    expect(all('http')).toEqual(['    - { name: plain, port: 80, targetPort: http <→ 8080, 8081> }']);
    expect(all('htp')).toEqual([]);
    expect(all('8080')).toEqual([]);
  });

  it('is a Service’s, too', () =>
    expect(
      hinted(
        `# file: pod.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec:
  defaultBackend: { service: { name: web, port: { name: plain } } }
# file: service.yaml
${service('http')}`,
      ).lines,
    ).toEqual(['  defaultBackend: { service: { name: web, port: { name: plain <→ 80> } } }']));
});
