package io.tollbook.query;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Stands for sign-in: the header {@code Test-Actor: ADMIN 17} is who asks. */
@RestControllerAdvice
class TestHttp implements WebMvcConfigurer, HandlerMethodArgumentResolver {
    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            ModelAndViewContainer container,
            NativeWebRequest request,
            WebDataBinderFactory binders) {
        String header = request.getHeader("Test-Actor");
        if (header == null) return Actor.guest("127.0.0.1");
        String[] words = header.split(" ");
        return Actor.user(new UserId(Long.parseLong(words[1])), Role.valueOf(words[0]), "session", "127.0.0.1");
    }

    @ExceptionHandler
    ResponseEntity<Envelope> refused(Refused refused) {
        int status = refused.refusal() == Refusal.SIGN_IN_REQUIRED ? 401 : 200;
        return ResponseEntity.status(status).body(Envelope.failure(refused.getMessage()));
    }
}
