/** Pods of custom resources that are written otherwise than as templates with metadata and spec. */
import { describe, expect, it } from 'vitest';
import { applyFix, atCursor, completionsAt, edited, open, parseFixture, placesOf } from '../fixture.ts';

const secret = `# file: secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: db
stringData:
  password: x
`;

/** Where the place at the cursor leads. */
function leadsTo(text: string): string[] {
  const { snapshot, uri, offset } = atCursor(text);
  return placesOf(snapshot, snapshot.definition(uri, offset));
}

/** What is said of the last file: `severity code text`. */
function found(text: string): string[] {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  const uri = [...fixture.files.keys()].at(-1) ?? '';
  return snapshot
    .diagnostics(uri)
    .map(({ severity, code, span }) => `${severity} ${code} ${snapshot.text(uri)?.slice(span.start, span.end)}`);
}

describe('a workflow', () => {
  const workflow = (mount: string, key: string, claim = 'cache', kind = 'Workflow', spec = 'spec:'): string =>
    `${secret}# file: workflow.yaml
apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata:
  name: build
${spec}
  entrypoint: main
  serviceAccountName: builder
  volumes:
    - name: sources
      emptyDir: {}
  volumeClaimTemplates:
    - metadata:
        name: cache
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 1Gi
  templates:
    - name: main
      volumes:
        - name: scratch
          emptyDir: {}
      container:
        image: golang:1.23
        command: [go, build]
        env:
          - name: PASSWORD
            valueFrom:
              secretKeyRef:
                name: db
                key: ${key}
        volumeMounts:
          - name: ${mount}
            mountPath: /src
          - name: ${claim}
            mountPath: /cache
    - name: report
      inputs:
        parameters:
          - name: secret
      volumes:
        - name: scratch
          secret:
            secretName: "{{inputs.parameters.secret}}"
      script:
        image: alpine:3.20
        source: cat /scratch/report
        volumeMounts:
          - name: scratch
            mountPath: /scratch
      sidecars:
        - name: cat
          image: alpine:3.20
          volumeMounts:
            - name: sources
              mountPath: /src
`;
  const lines = (text: string): string => text.replace(/^[\s\S]*?(?=# file: workflow)/, '');

  it('has volumes of its own, and each template some', () => {
    expect(leadsTo(workflow('sour$0ces', 'password'))).toEqual(['workflow.yaml:9 sources']);
    expect(leadsTo(workflow('scra$0tch', 'password'))).toEqual(['workflow.yaml:22 scratch']);
    expect(leadsTo(workflow('sources', 'password', 'ca$0che'))).toEqual(['workflow.yaml:13 cache']);
    expect(leadsTo(workflow('sources', 'pass$0word'))).toEqual(['secret.yaml:6 password']);
    expect(found(workflow('sources', 'password'))).toEqual(['hint unresolved-serviceaccount builder']);
  });

  it('is read where a schedule holds it', () => {
    const text = workflow('sources', 'password');
    const cron = text
      .replace('kind: Workflow', 'kind: CronWorkflow')
      .replace(/(spec:\n)( {2}entrypoint[\s\S]*)/, (_, head: string, rest: string) => {
        return `${head}  schedule: 0 3 * * *\n  workflowSpec:\n${rest.replace(/^(?=.)/gm, '  ')}`;
      })
      .replace('- name: sources\n                mountPath', '- name: sour$0ces\n                mountPath');
    expect(leadsTo(cron)).toEqual(['workflow.yaml:11 sources']);
  });

  it('completes and renames volumes', () => {
    expect(completionsAt(workflow('$0', 'password')).sort()).toEqual(['cache', 'scratch', 'sources']);
    const { snapshot, uri, offset } = atCursor(workflow('sour$0ces', 'password'));
    const answer = snapshot.rename(uri, offset, 'code');
    const text = edited(snapshot, 'edits' in answer ? answer.edits : []).get(uri) ?? '';
    expect(text.match(/name: code/g)).toHaveLength(3);
    expect(text).not.toContain('name: sources');
  });

  it('is told of slips, and where a volume may be that of who calls the template', () => {
    expect(found(workflow('source', 'passwrd'))).toEqual([
      'hint unresolved-serviceaccount builder',
      'warning unresolved-secret-key passwrd',
      'warning unresolved-volume source',
    ]);
    expect(found(workflow('elsewhere', 'password'))).toEqual([
      'hint unresolved-serviceaccount builder',
      'hint unresolved-volume elsewhere',
    ]);
    expect(lines(applyFix(workflow('else$0where', 'password'), 'Add volume "elsewhere" to this pod'))).toContain(
      `      volumes:
        - name: scratch
          emptyDir: {}
        - name: elsewhere
          emptyDir: {}
      container:`,
    );
  });
});

describe('a task of Tekton', () => {
  const task = (mount: string): string => `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  params:
    - name: target
      type: string
  steps:
    - name: compile
      image: golang:1.23
      args: [$(params.target)]
      volumeMounts:
        - name: ${mount}
          mountPath: /cache
  volumes:
    - name: cache
      emptyDir: {}
`;

  it('mounts its volumes in its steps', () => {
    expect(leadsTo(task('ca$0che'))).toEqual(['main.yaml:17 cache']);
    expect(found(task('cache'))).toEqual([]);
    expect(found(task('cach'))).toEqual(['warning unresolved-volume cach']);
  });
});

describe('a Prometheus', () => {
  const prometheus = (mount: string): string => `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata:
  name: k8s
spec:
  image: quay.io/prometheus/prometheus:v3.1.0
  volumes:
    - name: rules
      emptyDir: {}
  volumeMounts:
    - name: ${mount}
      mountPath: /etc/rules
`;

  it('mounts the volumes of its own spec, and those that its operator brings', () => {
    expect(leadsTo(prometheus('ru$0les'))).toEqual(['main.yaml:8 rules']);
    expect(found(prometheus('rules'))).toEqual([]);
    expect(found(prometheus('rule'))).toEqual(['warning unresolved-volume rule']);
    expect(found(prometheus('web-config'))).toEqual(['hint unresolved-volume web-config']);
  });
});

describe('the spec of a pod under another name', () => {
  const crd = `# file: crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: workers.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Worker
    plural: workers
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                podSpec:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
                  properties:
                    volumes:
                      type: array
                      items: &anything
                        type: object
                        x-kubernetes-preserve-unknown-fields: true
                    containers:
                      type: array
                      items: &container
                        type: object
                        x-kubernetes-preserve-unknown-fields: true
                        properties:
                          name: {type: string}
                          image: {type: string}
                          volumeMounts:
                            type: array
                            items: *anything
                    agent: *container
`;
  const worker = (mount: string, agent = 'data'): string => `${secret}${crd}# file: worker.yaml
apiVersion: example.com/v1
kind: Worker
metadata:
  name: mail
spec:
  podSpec:
    volumes:
      - name: data
        secret:
          secretName: db
    containers:
      - name: main
        image: alpine:3.20
        volumeMounts:
          - name: ${mount}
            mountPath: /data
    agent:
      image: alpine:3.20
      volumeMounts:
        - name: ${agent}
          mountPath: /data
`;

  it('is found by its schema', () => {
    expect(leadsTo(worker('da$0ta'))).toEqual(['worker.yaml:8 data']);
    expect(leadsTo(worker('data', 'da$0ta'))).toEqual(['worker.yaml:8 data']);
    expect(leadsTo(worker('data').replace('secretName: db', 'secretName: d$0b'))).toEqual(['secret.yaml:4 db']);
    expect(found(worker('data'))).toEqual([]);
    expect(found(worker('logs'))).toEqual(['hint unresolved-volume logs']);
  });

  it('gets the volume that it lacks', () => {
    expect(applyFix(worker('lo$0gs'), 'Add volume "logs" to this pod')).toContain(
      '          secretName: db\n      - name: logs\n        emptyDir: {}\n    containers:',
    );
  });
});
