// Add-ons that lead traffic: ingresses and meshes.
import type { AddonDefinition } from '../addon-definition.ts';

/** As data; see {@link AddonDefinition}. */
export const trafficAddons: readonly AddonDefinition[] = [
  {
    name: 'ingress-nginx',
    type: 'ingress',
    images: ['ingress-nginx/controller', 'nginx-ingress-controller'],
    names: ['ingress-nginx', 'rke2-ingress-nginx'],
  },
  {
    name: 'NGINX Ingress Controller',
    type: 'ingress',
    images: ['nginx/nginx-ingress'],
    resources: ['virtualservers.k8s.nginx.org'],
  },
  {
    name: 'Traefik',
    type: 'ingress',
    images: ['traefik', 'traefik/traefik', 'bitnami/traefik'],
    names: ['traefik'],
    resources: ['ingressroutes.traefik.io', 'ingressroutes.traefik.containo.us'],
  },
  {
    name: 'HAProxy Ingress',
    type: 'ingress',
    images: ['haproxytech/kubernetes-ingress', 'jcmoraisjr/haproxy-ingress'],
  },
  {
    name: 'Kong',
    type: 'ingress',
    images: ['kong/kubernetes-ingress-controller', 'kong/kong-gateway'],
    resources: ['kongplugins.configuration.konghq.com'],
  },
  {
    name: 'Contour',
    type: 'ingress',
    images: ['projectcontour/contour', 'bitnami/contour'],
    resources: ['httpproxies.projectcontour.io'],
  },
  {
    name: 'Envoy Gateway',
    type: 'ingress',
    images: ['envoyproxy/gateway'],
    resources: ['envoyproxies.gateway.envoyproxy.io'],
  },
  {
    name: 'AWS Load Balancer Controller',
    type: 'ingress',
    images: ['eks/aws-load-balancer-controller', 'aws-load-balancer-controller'],
    resources: ['targetgroupbindings.elbv2.k8s.aws'],
  },
  {
    name: 'external-dns',
    type: 'ingress',
    images: ['external-dns/external-dns', 'bitnami/external-dns'],
    names: ['external-dns'],
  },
  {
    name: 'MetalLB',
    type: 'ingress',
    images: ['metallb/controller', 'metallb/speaker'],
    resources: ['ipaddresspools.metallb.io'],
  },
  {
    name: 'Istio',
    type: 'service-mesh',
    images: ['istio/pilot', 'istio/ztunnel', 'istio/proxyv2', 'istio/install-cni'],
    names: ['istiod'],
    resources: ['envoyfilters.networking.istio.io', 'virtualservices.networking.istio.io'],
  },
  {
    name: 'Linkerd',
    type: 'service-mesh',
    images: ['linkerd/controller', 'linkerd/proxy'],
    partOf: ['Linkerd'],
    resources: ['serviceprofiles.linkerd.io'],
  },
  {
    name: 'Consul',
    type: 'service-mesh',
    images: ['hashicorp/consul', 'hashicorp/consul-k8s-control-plane'],
    resources: ['servicedefaults.consul.hashicorp.com'],
  },
  { name: 'Kuma', type: 'service-mesh', images: ['kumahq/kuma-cp'], resources: ['meshes.kuma.io'] },
  {
    name: 'Cilium',
    type: 'service-mesh',
    images: ['cilium/cilium', 'cilium/operator', 'cilium/operator-generic'],
    names: ['cilium'],
    partOf: ['cilium'],
    resources: ['ciliumnetworkpolicies.cilium.io'],
  },
];
