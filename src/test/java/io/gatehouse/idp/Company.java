package io.gatehouse.idp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

/** Some people in four departments, each of which is a team, and a team of managers. */
final class Company {

  /** {@code -Dpeople=120} for a larger company. */
  static final int PEOPLE = Integer.getInteger("people", 48);

  private static final int MANAGERS = 8;

  private static final List<String> DEPARTMENTS =
      List.of("Engineering", "Sales", "Finance", "Support");

  private static final List<String> GIVEN_NAMES = List.of("Ada", "Grace", "Jean", "Zoë", "Mary");

  private static final List<String> FAMILY_NAMES =
      List.of("Lovelace", "Hopper", "O'Neil", "Müller", "van-Dyke", "Ng", "Sato");

  final List<Person> people = IntStream.range(0, PEOPLE).mapToObj(Company::person).toList();
  final List<Team> teams = new ArrayList<>();
  final Team managers = new Team("Managers");

  Company() {
    DEPARTMENTS.forEach(it -> teams.add(new Team(it)));
    teams.add(managers);
    people.forEach(it -> team(it.department).members.add(it));
    managers.members.addAll(people.subList(0, MANAGERS));
  }

  private static Person person(int number) {
    return new Person(
        number,
        GIVEN_NAMES.get(number % GIVEN_NAMES.size()),
        FAMILY_NAMES.get(number % FAMILY_NAMES.size()),
        DEPARTMENTS.get(number % DEPARTMENTS.size()));
  }

  Team team(String department) {
    return teams.stream().filter(it -> it.name.equals(department)).findFirst().orElseThrow();
  }

  static String otherDepartment(Person person) {
    return DEPARTMENTS.get((DEPARTMENTS.indexOf(person.department) + 1) % DEPARTMENTS.size());
  }

  /** One of the managers; each person has a first and a second one, who are two. */
  Person manager(Person person, int choice) {
    return people.get((people.indexOf(person) + choice) % MANAGERS);
  }

  Set<UUID> teamsOf(Person person) {
    Set<UUID> ids = new TreeSet<>();
    teams.stream().filter(it -> it.members.contains(person)).forEach(it -> ids.add(it.id));
    return ids;
  }

  List<Person> marrying() {
    return people.subList(8, 13);
  }

  List<Person> nicknamed() {
    return people.subList(13, 16);
  }

  /** Two of each department. */
  List<Person> moving() {
    return people.subList(16, 24);
  }

  List<Person> reorganised() {
    return people.subList(24, 29);
  }

  List<Person> leaving() {
    return people.subList(29, 39);
  }

  /** All but the managers. */
  List<Person> staff() {
    return people.subList(MANAGERS, PEOPLE);
  }
}
