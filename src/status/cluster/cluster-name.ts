// The name of a ClusterPersona where nobody gives one: the kubeconfig's name of the cluster, made fit for an object.

const maxNameLength = 253;

/** A DNS-1123 subdomain of the name: `arn:aws:eks:eu-west-1:1:cluster/Prod_1` gives `arn-aws-eks-eu-west-1-1-cluster-prod-1`; undefined where nothing is left. */
export function toClusterName(name: string): string | undefined {
  const safe = name
    .slice(0, 2048)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/-*\.[-.]*/g, '.')
    .replace(/^[-.]+/, '')
    .slice(0, maxNameLength)
    .replace(/[-.]+$/, '');
  return safe === '' ? undefined : safe;
}
