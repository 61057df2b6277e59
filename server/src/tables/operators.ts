import type { Maker } from './row-types.ts';

const name = 'metadata.name';

/** The Services that well-known operators make, by the names that their documentation promises. */
export const operatorServices: readonly Maker[] = [
  {
    kinds: ['Elasticsearch.elasticsearch.k8s.elastic.co'],
    name,
    suffixes: ['-es-http', '-es-internal-http', '-es-transport'],
  },
  { kinds: ['Kibana.kibana.k8s.elastic.co'], name, suffixes: ['-kb-http'] },
  { kinds: ['ApmServer.apm.k8s.elastic.co'], name, suffixes: ['-apm-http'] },
  { kinds: ['Agent.agent.k8s.elastic.co'], name, suffixes: ['-agent-http'] },
  { kinds: ['EnterpriseSearch.enterprisesearch.k8s.elastic.co'], name, suffixes: ['-ent-http'] },
  { kinds: ['ElasticMapsServer.maps.k8s.elastic.co'], name, suffixes: ['-ems-http'] },
  { kinds: ['Logstash.logstash.k8s.elastic.co'], name, suffixes: ['-ls-api'] },
  { kinds: ['Cluster.postgresql.cnpg.io'], name, suffixes: ['-rw', '-ro', '-r'] },
  { kinds: ['Kafka.kafka.strimzi.io'], name, suffixes: ['-kafka-bootstrap', '-kafka-brokers'] },
  { kinds: ['RabbitmqCluster.rabbitmq.com'], name, suffixes: ['', '-nodes'] },
];

/** The Secrets. */
export const operatorSecrets: readonly Maker[] = [
  {
    kinds: ['Elasticsearch.elasticsearch.k8s.elastic.co'],
    name,
    suffixes: ['-es-elastic-user', '-es-http-certs-public', '-es-http-certs-internal'],
  },
  { kinds: ['Kibana.kibana.k8s.elastic.co'], name, suffixes: ['-kb-http-certs-public'] },
  { kinds: ['ApmServer.apm.k8s.elastic.co'], name, suffixes: ['-apm-token', '-apm-http-certs-public'] },
  { kinds: ['Cluster.postgresql.cnpg.io'], name, suffixes: ['-app', '-superuser', '-ca'] },
  { kinds: ['KafkaUser.kafka.strimzi.io'], name },
  { kinds: ['Kafka.kafka.strimzi.io'], name, suffixes: ['-cluster-ca-cert', '-clients-ca-cert'] },
  { kinds: ['RabbitmqCluster.rabbitmq.com'], name, suffixes: ['-default-user'] },
];
