window.ran = 1; alert(1);
