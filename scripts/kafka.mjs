// Fetches a Kafka broker for the tests, with Maven, into a folder outside the repository, once; prints the folder of its jars.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const VERSION = '4.1.1'
/** The Maven plugin that copies jars, pinned: without a version Maven takes whatever is newest. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'

const dependency = (group, artifact, version) =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>circumspect</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', VERSION)}
    ${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}
  </dependencies>
</project>
`

const cache = join(process.env.XDG_CACHE_HOME ?? tmpdir(), 'circumspect-kafka')
const jars = join(cache, VERSION)

if (!existsSync(jars)) {
  mkdirSync(cache, { recursive: true })
  // Fetched aside and renamed: several tests may ask at once, and none may see half.
  const aside = mkdtempSync(join(cache, 'fetching-'))
  try {
    writeFileSync(join(aside, 'pom.xml'), pom)
    const options = ['-q', '-B', '-f', join(aside, 'pom.xml'), COPY, '-DincludeScope=runtime', `-DoutputDirectory=${join(aside, 'jars')}`]
    execFileSync('mvn', options, { stdio: ['ignore', 'ignore', 'inherit'] })
    if (!readdirSync(join(aside, 'jars')).includes(`kafka_2.13-${VERSION}.jar`)) throw new Error('Maven brought no Kafka.')
    renameSync(join(aside, 'jars'), jars)
  } catch (error) {
    if (!existsSync(jars)) throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}
console.log(jars)
