import type { EcosystemId } from '../tables/symbols-ecosystem.ts';
import { type Example, inBothForms } from './unresolved-examples-text.ts';

/** For the names of custom resources. */
export const ecosystemExamples: Readonly<Record<EcosystemId, Example>> = {
  gateway: inBothForms(
    (name, mark) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
spec:
  listeners:
    - name: http
      port: 80
      protocol: HTTP
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: ${name}
${mark('#           ^^^^^^ warning unresolved-gateway')}`,
    'publik',
    'public',
  ),
  'mesh-gateway': inBothForms(
    (name, mark) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: public
spec:
  selector:
    istio: ingressgateway
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
spec:
  hosts:
    - shop.example.com
  gateways:
    - ${name}
${mark('#     ^^^^^^ warning unresolved-mesh-gateway')}`,
    'publik',
    'public',
  ),
  'mesh-host': inBothForms(
    (name, mark) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: payments
spec:
  hosts:
    - api.payments.example
  ports:
    - number: 443
      name: https
      protocol: TLS
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: payments
spec:
  host: ${name}
${mark('#       ^^^^^^^^^^^^^^^^^^^ warning unresolved-mesh-host')}`,
    'api.payment.example',
    'api.payments.example',
  ),
  'mesh-rule': inBothForms(
    (name, mark) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
spec:
  host: reviews
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: reviews
spec:
  selector:
    matchLabels:
      app: reviews
  template:
    metadata:
      labels:
        app: reviews
    spec:
      containers:
        - name: reviews
          image: reviews:1
  strategy:
    canary:
      trafficRouting:
        istio:
          destinationRule:
            name: ${name}
${mark('#                 ^^^^^^ warning unresolved-mesh-rule')}`,
    'review',
    'reviews',
  ),
  'mesh-subset': inBothForms(
    (name, mark) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: reviews
spec:
  host: reviews
  subsets:
    - name: stable
      labels:
        version: v1
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts:
    - reviews
  http:
    - route:
        - destination:
            host: reviews
            subset: ${name}
${mark('#                   ^^^^^ warning unresolved-mesh-subset')}`,
    'stabl',
    'stable',
  ),
  gatewayclass: inBothForms(
    (name, mark) => `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata:
  name: internal
spec:
  controllerName: example.com/gateway-controller
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
spec:
  gatewayClassName: ${name}
${mark('#                   ^^^^^^^^ warning unresolved-gatewayclass')}  listeners:
    - name: http
      port: 80
      protocol: HTTP
`,
    'internel',
    'internal',
  ),
  'gateway-listener': inBothForms(
    (name, mark) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: public
spec:
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: public
      sectionName: ${name}
${mark('#                  ^^^^ error unresolved-gateway-listener')}`,
    'http',
    'https',
  ),
  issuer: inBothForms(
    (name, mark) => `apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata:
  name: letsencrypt
spec:
  selfSigned: {}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: web
spec:
  secretName: web-tls
  dnsNames: [shop.example.com]
  issuerRef:
    kind: ClusterIssuer
    name: ${name}
${mark('#         ^^^^^^^^^^^^ warning unresolved-issuer')}`,
    'lets-encrypt',
    'letsencrypt',
  ),
  secretstore: inBothForms(
    (name, mark) => `apiVersion: external-secrets.io/v1
kind: SecretStore
metadata:
  name: vault
spec:
  provider: {}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
spec:
  secretStoreRef:
    name: ${name}
${mark('#         ^^^^^ warning unresolved-secretstore')}`,
    'valut',
    'vault',
  ),
  triggerauthentication: inBothForms(
    (name, mark) => `apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: queue-login
spec: {}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: worker
spec:
  scaleTargetRef:
    name: worker
  triggers:
    - type: rabbitmq
      metadata:
        queueName: orders
      authenticationRef:
        name: ${name}
${mark('#             ^^^^^^^^^^^^ warning unresolved-triggerauthentication')}`,
    'queue-logins',
    'queue-login',
  ),
  appproject: inBothForms(
    (name, mark) => `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: storefront
spec: {}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  project: ${name}
${mark('#          ^^^^^^^^^ warning unresolved-appproject')}`,
    'storfront',
    'storefront',
  ),
};
