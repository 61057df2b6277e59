import { describe, expect, it } from 'vitest';
import { atCursor, open } from '../fixture.ts';
import { workspaces } from '../properties/workspaces.ts';

const hoverAt = (text: string) => {
  const { snapshot, uri, offset } = atCursor(text);
  const hover = snapshot.hover(uri, offset);
  return hover && { contents: hover.contents, on: (snapshot.text(uri) ?? '').slice(hover.span.start, hover.span.end) };
};

const pod = (env: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  restartPolicy: Never
  containers:
    - name: web
      image: nginx:1.27
${env}`;
const secret = `---
apiVersion: v1
kind: Secret
metadata:
  name: login
stringData:
  password: hunter2hunter2
  user: "root-of-all"
`;
const env = (name: string, key: string): string => `      env:
        - name: A
          valueFrom:
            secretKeyRef:
              name: ${name}
              key: ${key}
`;

describe('on a field', () => {
  it('its type, whether it is required, and its documentation', () => {
    const hover = hoverAt(pod('').replace('containers:', 'contai$0ners:'));
    expect(hover?.on).toBe('containers');
    expect(hover?.contents).toMatch(/^`containers` · \[\]Container · required\n\nList of containers/);
  });

  it('its values and its default', () => {
    const hover = hoverAt(pod('').replace('Never', 'N$0ever'));
    expect(hover?.on).toBe('Never');
    expect(hover?.contents).toContain('One of `Always`');
    expect(hover?.contents).toContain('Default: `Always`');
  });

  it('of kind, the kind', () => {
    expect(hoverAt(pod('').replace('kind: Pod', 'kind: P$0od'))?.contents).toMatch(/^\*\*Pod\*\* · v1\n\n/);
    expect(
      hoverAt('apiVersion: storage.k8s.io/v1\nkind: Storage$0Class\nmetadata:\n  name: a\nprovisioner: b\n')?.contents,
    ).toContain('cluster-scoped');
  });

  it('also in the items of a List', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    spec:\n      restartPol$0icy: Never\n`;
    expect(hoverAt(list)?.contents).toMatch(/^`restartPolicy` · string/);
  });

  it('nothing on an unknown field, in a comment, or between the lines', () => {
    expect(hoverAt(pod('').replace('restartPolicy', 'restart$0Polcy'))).toBeUndefined();
    expect(hoverAt(pod('      # comm$0ent\n'))).toBeUndefined();
    expect(hoverAt(`$0\n${pod('')}`)).toBeUndefined();
  });
});

describe('on a name', () => {
  it('what it leads to, where that is, and what it holds', () => {
    const hover = hoverAt(pod(env('log$0in', 'password')) + secret);
    expect(hover?.contents).toContain('Secret **login** · [main.yaml:20](file:///w/main.yaml#L20)');
    expect(hover?.contents).toContain('It has `password`, `user`.');
    expect(hover?.on).toBe('login');
  });

  it('of a key, whose it is', () => {
    expect(hoverAt(pod(env('login', 'pass$0word')) + secret)?.contents).toMatch(
      /^Key \*\*password\*\* of Secret \*\*login\*\* · \[main\.yaml:22\]/,
    );
  });

  it('that it is missing, and from what', () => {
    expect(hoverAt(pod(env('login', 'pass$0wort')) + secret)?.contents).toContain('Secret **login** has no such key');
    expect(hoverAt(pod(env('logi$0m', 'password')))?.contents).toContain('not in this workspace');
  });

  it('that it is optional', () => {
    expect(hoverAt(`${pod(env('logi$0n', 'password'))}              optional: true\n${secret}`)?.contents).toContain(
      'optional',
    );
  });

  it('of a definition, who uses it', () => {
    const hover = hoverAt(pod(env('login', 'password')) + secret.replace('password', 'pass$0word'));
    expect(hover?.contents).toContain('Key **password** · used once:\n- Pod **web** · [main.yaml:15]');
    expect(hoverAt(pod('') + secret.replace('user', 'us$0er'))?.contents).toContain(
      'Key **user** · not used in this workspace',
    );
  });

  it('of a label of a selector, which pods it finds', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: we$0b\n  ports:\n    - port: 80\n';
    const labelled = pod('').replace('  name: web\nspec', '  name: web\n  labels:\n    app: web\nspec');
    expect(hoverAt(`${service}---\n${labelled}`)?.contents).toContain('Selects `app=web`: Pod **web** ([main.yaml:16]');
    expect(hoverAt(service)?.contents).toContain('Selects `app=web`: no pods in this workspace');
  });

  it('escapes what would be a link in a file name', () => {
    const text = `# file: a[1]%20b.yaml\n${secret.slice(4)}# file: b.yaml\n${pod(env('$0login', 'user'))}`;
    expect(hoverAt(text)?.contents).toContain('[a\\[1\\] b.yaml:4](');
  });
});

describe('a value of a Secret', () => {
  /** Texts under data and stringData of the Secrets of a file. */
  const values = (text: string): string[] =>
    text
      .split(/^---/m)
      .filter((document) => /^kind: Secret$/m.test(document))
      .flatMap((document) => [
        ...document.slice(document.search(/^(?:data|stringData):/m)).matchAll(/^ +[\w.-]+: *(\S.*)$/gm),
      ])
      .map((match) => (match[1] ?? '').replace(/^"|"$/g, ''));

  it('never stands in a hover, at any offset of any fixture', () => {
    let seen = 0;
    for (const [, fixture] of [
      ...workspaces(),
      [
        'above',
        { files: new Map([['file:///w/main.yaml', pod(env('login', 'password')) + secret]]), cursor: undefined },
      ] as const,
    ]) {
      const { snapshot } = open(fixture);
      const hidden = [...fixture.files.values()]
        .flatMap(values)
        .filter((value) => value.length > 3 && value !== 'example');
      if (hidden.length === 0) continue;
      seen += hidden.length;
      for (const [uri, text] of fixture.files) {
        for (let offset = 0; offset <= text.length; offset += 2) {
          const contents = snapshot.hover(uri, offset)?.contents ?? '';
          expect(hidden.filter((value) => contents.includes(value))).toEqual([]);
        }
      }
    }
    expect(seen).toBeGreaterThan(15);
  });

  it('nor in what completion offers', () => {
    const text = pod(env('login', '$0')) + secret;
    const { snapshot, uri, offset } = atCursor(text);
    const items = snapshot.completion(uri, offset);
    expect(items.map(({ label }) => label).sort()).toEqual(['password', 'user']);
    expect(JSON.stringify(items)).not.toMatch(/hunter2|root-of-all/);
  });
});

describe('along a chain', () => {
  const shop = (port: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        name: ${port}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: www
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
          ports:
            - name: www
              containerPort: 8080
`;

  it("an Ingress's port leads to the Service's, and that to the container's", () => {
    const contents = hoverAt(shop('ht$0tp'))?.contents ?? '';
    expect(contents).toMatch(/^Port \*\*http\*\* of Service \*\*web\*\* · \[main\.yaml:20\]/);
    expect(contents).toMatch(/→ container port \*\*www\*\* of Deployment \*\*shop\*\* · \[main\.yaml:41\]/);
  });

  it('a Service leads to the pods that it selects', () => {
    const contents = hoverAt(
      shop('http').replace('      name: web\n      port', '      name: w$0eb\n      port'),
    )?.contents;
    expect(contents).toMatch(/^Service \*\*web\*\* · .*\n.*\n→ Deployment \*\*shop\*\* · \[main\.yaml:35\]/);
  });
});

describe('on the schedule of a CronJob', () => {
  const now = Date.UTC(2026, 10, 24, 12, 0, 30);
  const cronJob = (spec: string): string => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
${spec}
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: job
              image: job:1
`;
  const runs = (spec: string, at = now): string | undefined => {
    const { snapshot, uri, offset } = atCursor(cronJob(spec));
    return snapshot.hover(uri, offset, at)?.contents.split('\n\n---')[0];
  };

  it('tells the next runs, in the time zone and in UTC', () => {
    expect(runs('  sched$0ule: "15 3 * * 1-5"\n  timeZone: Europe/Berlin')).toBe(
      [
        'Runs next (Europe/Berlin):\n',
        '- Wed 25 Nov 2026, 03:15 · 02:15 UTC · in 14 h 14 min',
        '- Thu 26 Nov 2026, 03:15 · 02:15 UTC · in 1 d 14 h',
        '- Fri 27 Nov 2026, 03:15 · 02:15 UTC · in 2 d 14 h',
        '- Mon 30 Nov 2026, 03:15 · 02:15 UTC · in 5 d 14 h',
        '- Tue 1 Dec 2026, 03:15 · 02:15 UTC · in 6 d 14 h',
      ].join('\n'),
    );
    expect(runs('  schedule: "15 3 * * 1-5"\n  timeZone: Europe/Ber$0lin')).toContain('Runs next (Europe/Berlin)');
  });

  it('without a time zone as if it were UTC, and says so', () => {
    const text = runs('  schedule: "0 * * * *$0"');
    expect(text).toContain('`timeZone` says another');
    expect(text).toContain('- Tue 24 Nov 2026, 13:00 · in 59 min');
  });

  it('leaves out an hour that the clocks leave out, and takes one that comes twice once', () => {
    // In Berlin 2:30 on 28 March 2027 never comes, and on 31 October it comes twice.
    const spring = runs('  schedule: "30 2 * * *$0"\n  timeZone: Europe/Berlin', Date.UTC(2027, 2, 26, 12));
    expect(spring?.match(/\w+ \d+ Mar 2027/g)).toEqual([
      'Sat 27 Mar 2027',
      'Mon 29 Mar 2027',
      'Tue 30 Mar 2027',
      'Wed 31 Mar 2027',
    ]);
    const autumn = runs('  schedule: "30 2 * * *$0"\n  timeZone: Europe/Berlin', Date.UTC(2027, 9, 30, 12));
    expect(autumn?.match(/Sun 31 Oct 2027, 02:30 · 00:30 UTC/g)).toHaveLength(1);
  });

  it('reads macros and intervals, and says when it is suspended or never comes', () => {
    expect(runs('  schedule: "@daily$0"')).toContain('- Wed 25 Nov 2026, 00:00 · in 11 h 59 min');
    expect(runs('  schedule: "@every 1h30m$0"\n  suspend: true')).toBe(
      'Runs every 1 h 30 min, from when it is created. It is suspended: it runs when `suspend` is false again.',
    );
    expect(runs('  schedule: "0 0 31 2 *$0"')).toContain('Runs never');
  });

  it.each([
    '  schedule: "0 0 * *$0"',
    '  schedule: "${SCHEDULE}$0"',
    '  schedule: "0 0 * * *$0"\n  timeZone: Mars/Base',
    '  schedule: "0 0 * * *$0"\n  timeZone: ${ZONE}',
  ])('says nothing of %s', (spec) => expect(runs(spec)).not.toContain('Runs'));

  it('and nothing where nobody says what time it is', () => {
    const { snapshot, uri, offset } = atCursor(cronJob('  schedule: "0 0 * * *$0"'));
    expect(snapshot.hover(uri, offset)?.contents).not.toContain('Runs');
  });
});
