// Makes the texts of objects shorter: what stands in nearly every one of them becomes one character. Reading them takes no longer than before.

/** Parts of JSON that API servers write again and again, longest first: a part may hold another one. */
const parts = [
  '"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}',
  '"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3',
  '"successThreshold":1,"failureThreshold":3',
  '"securityContext":{"seccompProfile":{"type":"RuntimeDefault"}',
  '"seccompProfile":{"type":"RuntimeDefault"}',
  '"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"',
  '"capabilities":{"drop":["ALL"]}',
  '"deployment.kubernetes.io/revision":"',
  '"kubectl.kubernetes.io/last-applied-configuration":"',
  '"reason":"NewReplicaSetAvailable"',
  '"type":"Progressing","status":"True",',
  '"allowPrivilegeEscalation":false',
  '"allowPrivilegeEscalation":',
  '"readOnlyRootFilesystem":true',
  '"progressDeadlineSeconds":600',
  '"terminationGracePeriodSeconds":',
  '"app.kubernetes.io/managed-by":"',
  '"app.kubernetes.io/component":"',
  '"app.kubernetes.io/instance":"',
  '"app.kubernetes.io/part-of":"',
  '"app.kubernetes.io/version":"',
  '"app.kubernetes.io/name":"',
  '"valueFrom":{"secretKeyRef":{"name":"',
  '"valueFrom":{"configMapKeyRef":{"name":"',
  '"livenessProbe":{"httpGet":{"path":"',
  '"readinessProbe":{"httpGet":{"path":"',
  '"startupProbe":{"httpGet":{"path":"',
  '"initialDelaySeconds":',
  '"creationTimestamp":"',
  '"lastTransitionTime":"',
  '"lastUpdateTime":"',
  '"observedGeneration":',
  '"availableReplicas":',
  '"updatedReplicas":',
  '"readyReplicas":',
  '"serviceAccountName":"',
  '"restartPolicy":"Always"',
  '"runAsNonRoot":true',
  '"securityContext":{',
  '"selector":{"matchLabels":{',
  '"template":{"metadata":{',
  '"volumeMounts":[{',
  '"containers":[{"name":"',
  '"containerPort":',
  '"protocol":"TCP"',
  '"scheme":"HTTP"',
  '"annotations":{',
  '"resources":{"',
  '"conditions":[{',
  '"namespace":"',
  '"requests":{"cpu":"',
  '"limits":{"',
  '"labels":{',
  '"replicas":',
  '"memory":"',
  '"message":"',
  '"reason":"',
  '"status":"',
  '"generation":',
  '"value":"',
  '"ports":[{"name":"',
  '"image":"',
  '"env":[{"name":"',
  '"spec":{"',
  '"name":"',
  '"policies":{"security":{"runAsNonRoot":true,"readOnlyRootFilesystem":true,"allowPrivilegeEscalation":false',
  '"deployment":{"strategy":"RollingUpdate","maxSurge":"25%","maxUnavailable":"25%"}',
  '"maintenance":{"autoRestart":false}',
  '"sizing":{"mode":"advise"}',
  '"behavior":"balanced"',
  '"scaling":{"minReplicas":',
  '"maxReplicas":',
  '"targetCPU":',
  '"health":{"livenessPath":"',
  '"readinessPath":"',
  '"startupGracePeriod":"',
  '"networking":{"ports":[{"port":',
  '"ingress":{"enabled":false,"tlsEnabled":false}',
  '"tier":"standard"',
  '"purpose":"',
  '"deployments":{"current":"',
  '"history":[{"version":"',
  '"triggeredBy":"Deployment ',
  '"lastSuccessful":"',
  '"timestamp":"',
  '"status":"Succeeded"',
  '"validation":{"passed":true,"lastChecked":"',
  '"validation":{"passed":false,"lastChecked":"',
  '"digest":"',
  '"health":{"status":"Healthy","message":"Deployment ',
  '"replicas":{"desired":',
  '"lastCheck":"',
  '"lastUpdated":"',
  '"phase":"Active"',
  '"type":"Ready","status":"True","reason":"Available","message":"Deployment ',
  '"type":"Validated","status":"True","reason":"Passed","message":"',
  '"type":"Validated","status":"False","reason":"Failed","message":"',
  '"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"',
  '"whenUnsatisfiable":"ScheduleAnyway"',
  '"whenUnsatisfiable":"DoNotSchedule"',
  'kubernetes.io/hostname"',
  'topology.kubernetes.io/zone"',
  '"labelSelector":{"matchLabels":{',
  '"automountServiceAccountToken":false',
  '"argocd.argoproj.io/tracking-id":"',
  '"emptyDir":{',
  '"volumes":[{',
  '"mountPath":"/',
  '"port":"http"',
  '"periodSeconds":10,"successThreshold":1,"failureThreshold":3',
  '"unavailableReplicas":',
  '"ready":',
  '"updated":',
  '"type":"',
  '"version":"',
  '"securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true',
  '"targetCPU":70',
  '"runAsUser":',
].toSorted((left, right) => right.length - left.length);

/** The first of the characters that stand for parts: Latin-1, so that a text stays one byte a character; JSON of Kubernetes hardly ever has them. */
const firstCode = 0x80;
const codes = /[\u0080-\u00ff]/;
const codeOf = new Map(parts.map((part, index) => [part, String.fromCharCode(firstCode + index)]));
const anyPart = new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');

/** The last two stand for the object's own name and namespace, which it repeats all over. */
const ownCodes = ['\u00fe', '\u00ff'] as const;
const anyCode = new RegExp(codes, 'g');
/** Shorter ones are not worth it. */
const leastLength = 3;

/** Marks a text that is as it was: no JSON begins so. */
const plainMark = '=';

/** The object whose text it is. */
export interface Owner {
  name: string;
  namespace: string;
}

/** JSON made shorter; {@link lengthen} undoes it, given the same owner. */
export function shorten(json: string, owner: Owner): string {
  return codes.test(json) ? `${plainMark}${json}` : replaceParts(json, owner);
}

/** Whether a whole field, as JSON writes it, stands in a shortened text. */
export function holdsField(text: string, field: string, owner: Owner): boolean {
  if (text.startsWith(plainMark)) return text.includes(field);
  return !codes.test(field) && text.includes(replaceParts(field, owner));
}

/** The JSON again. */
export function lengthen(text: string, { name, namespace }: Owner): string {
  if (text.startsWith(plainMark)) return text.slice(plainMark.length);
  return text.replace(anyCode, (code) => {
    if (code === ownCodes[0]) return name;
    if (code === ownCodes[1]) return namespace;
    return parts[code.charCodeAt(0) - firstCode] ?? code;
  });
}

/** Parts first: a name is often a word of theirs. */
function replaceParts(json: string, { name, namespace }: Owner): string {
  const short = json.replace(anyPart, (part) => codeOf.get(part) ?? part);
  return replaceOwn(replaceOwn(short, name, ownCodes[0]), namespace, ownCodes[1]);
}

function replaceOwn(text: string, own: string, code: string): string {
  return own.length < leastLength || codes.test(own) ? text : text.replaceAll(own, code);
}
