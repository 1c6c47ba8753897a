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
].toSorted((left, right) => right.length - left.length);

/** The first of the characters that stand for parts: Latin-1, so that a text stays one byte a character; JSON of Kubernetes hardly ever has them. */
const firstCode = 0x80;
const codes = /[\u0080-\u00ff]/g;
const codeOf = new Map(parts.map((part, index) => [part, String.fromCharCode(firstCode + index)]));
const anyPart = new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');

/** Marks a text that is as it was: no JSON begins so. */
const plainMark = '=';

/** JSON made shorter; {@link lengthen} undoes it. */
export function shorten(json: string): string {
  if (json.search(codes) >= 0) return `${plainMark}${json}`;
  return json.replace(anyPart, (part) => codeOf.get(part) ?? part);
}

/** Whether a whole field, as JSON writes it, stands in a shortened text. */
export function holdsField(text: string, field: string): boolean {
  return text.includes(text.startsWith(plainMark) ? field : shorten(field));
}

/** The JSON again. */
export function lengthen(text: string): string {
  if (text.startsWith(plainMark)) return text.slice(plainMark.length);
  return text.replace(codes, (code) => parts[code.charCodeAt(0) - firstCode] ?? code);
}
