/** A preset for the pods with the label `role: frontend`; `spec` is more of its spec, indented by two. */
export const preset = (name: string, spec: string, apiVersion = 'settings.k8s.io/v1alpha1'): string =>
  `apiVersion: ${apiVersion}
kind: PodPreset
metadata:
  name: ${name}
spec:
  selector: { matchLabels: { role: frontend } }
${spec}`;

/** A pod with that label; `rest` is more of its container, indented by six, and of its spec behind that. */
export const pod = (name: string, rest = ''): string =>
  `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: { role: frontend }
spec:
  containers:
    - name: web
      image: nginx:1.27
${rest}`;
