package io.gatehouse.wiring;

import io.gatehouse.command.CommandGateway;
import io.gatehouse.inbox.IdpApis;
import io.gatehouse.inbox.IdpIdentities;
import io.gatehouse.inbox.IdpPolls;
import io.gatehouse.inbox.IdpStates;
import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.InboxFallback;
import io.gatehouse.inbox.InboxTasks;
import io.gatehouse.inbox.InboxWriter;
import io.gatehouse.inbox.SignalProcessor;
import io.gatehouse.inbox.UserCreation;
import io.gatehouse.store.FailFast;
import io.gatehouse.store.UnitOfWork;
import io.gatehouse.tenant.Connections;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the inbox: signals of IdPs, and their processing. The bean names are the ones that the
 * routes use.
 */
@Configuration(proxyBeanMethods = false)
class InboxWiring {

  @Bean
  InboxFallback inboxFallback(@Qualifier("quickInbox") Inbox inbox) {
    return new InboxFallback(inbox, new FailFast());
  }

  @Bean
  InboxWriter inboxWriter(Inbox inbox, UnitOfWork unit) {
    return new InboxWriter(inbox, unit);
  }

  @Bean
  SignalProcessor signalProcessor(
      InboxTasks tasks, CommandGateway commandGateway, SignalProcessor.Views views) {
    return new SignalProcessor(tasks, commandGateway, views);
  }

  @Bean
  SignalProcessor.Views views(IdpApis apis, IdpIdentities known, UserCreation userCreation) {
    return new SignalProcessor.Views(apis, known, userCreation);
  }

  @Bean
  IdpPolls idpPolls(Connections connections, IdpApis apis, Inbox inbox, IdpStates states) {
    return new IdpPolls(connections, apis, inbox, states);
  }
}
